package dev.trifocal.apps;

import dev.trifocal.apps.terminal.LoadingFailure;
import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.datasets.DatasetRegistry;
import java.util.Locale;

/** The entry point of the command-line program. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    // Numbers and names are the same in every locale, also in the output of libraries.
    Locale.setDefault(Locale.ROOT);
    Terminal.exit(exitCode(Terminal.system(), arguments));
  }

  private static int exitCode(Terminal terminal, String... arguments) {
    LoadingFailure lastResort = new LoadingFailure(terminal);
    try {
      return new CommandLineApp(terminal, DatasetRegistry.standard()).run(arguments);
    } catch (RuntimeException | Error e) {
      return lastResort.report(e);
    }
  }
}
