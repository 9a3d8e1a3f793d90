package dev.trifocal.apps;

import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.datasets.DatasetRegistry;

/** The entry point of the command-line program. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    Terminal.exit(new CommandLineApp(Terminal.system(), DatasetRegistry.standard()).run(arguments));
  }
}
