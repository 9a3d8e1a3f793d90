package dev.trifocal.apps;

import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.datasets.DatasetRegistry;
import java.util.Locale;

/** Where the process begins. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    // Numbers and names are the same for everyone, also in what libraries write.
    Locale.setDefault(Locale.ROOT);
    Terminal.exit(new CommandLineApp(Terminal.system(), DatasetRegistry.standard()).run(arguments));
  }
}
