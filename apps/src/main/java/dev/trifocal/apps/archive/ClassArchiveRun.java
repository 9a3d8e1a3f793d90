package dev.trifocal.apps.archive;

import dev.trifocal.apps.CommandLineApp;
import dev.trifocal.apps.Main;
import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.datasets.DatasetRegistry;
import dev.trifocal.datasets.DigitsSource;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Runs the usual commands on small data, so that the JVM loads the classes that they need. The
 * launcher lets the JVM archive these (class data sharing), and later starts read the archive.
 *
 * @param folder the folder for data and results
 */
record ClassArchiveRun(Path folder) {
  private static final List<String> COMMANDS =
      List.of(
          "train --model lenet5 --data digits --epochs 1 --out run",
          "summary run",
          "export run --out model.onnx",
          "predict run images --csv predictions.csv",
          "predict model.onnx images/1/0.png --json",
          "predict foreign.onnx photo.jpg photo.bmp",
          "evaluate model.onnx --data images",
          "train --model model.onnx --data images --epochs 1 --out tuned",
          "zoo",
          "datasets",
          "backends");

  private static final DigitsSource.Sizes FEW = new DigitsSource.Sizes(64, 32, 32);

  /**
   * Runs the commands; the last one as the program itself does, which exits.
   *
   * @param arguments an empty folder
   */
  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    int code = new ClassArchiveRun(Path.of(arguments[0])).exitCode();
    if (code != 0) {
      Terminal.exit(code);
    }
    Main.main(new String[] {"predict", "--help"});
  }

  /** Runs all commands and returns the highest exit code. */
  int exitCode() {
    new ArchiveSamples(folder).write();
    return COMMANDS.stream().mapToInt(command -> run(command.split(" "))).max().orElse(0);
  }

  private int run(String[] command) {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Terminal terminal =
        new Terminal(
            nowhere,
            nowhere,
            Terminal.Audience.FILE,
            folder,
            Map.of("XDG_CACHE_HOME", folder.resolve("cache").toString()),
            Map.of("user.home", folder.toString()));
    DatasetRegistry datasets = new DatasetRegistry(List.of(new DigitsSource(FEW)));
    return new CommandLineApp(terminal, datasets).run(command);
  }
}
