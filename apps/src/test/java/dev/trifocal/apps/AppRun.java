package dev.trifocal.apps;

import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.datasets.DatasetRegistry;
import dev.trifocal.datasets.DigitsSource;
import dev.trifocal.datasets.ShapesSource;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The program run within the test's own process, in a folder of its own, on few digits. */
public record AppRun(int exitCode, String out, String err) {
  private static final DigitsSource.Sizes FEW = new DigitsSource.Sizes(320, 100, 100);
  private static final ShapesSource.Sizes FEW_SCENES = new ShapesSource.Sizes(32, 8, 8);

  public static AppRun in(Path directory, String... arguments) {
    return with(Map.of(), directory, arguments);
  }

  /** The same with more environment variables. */
  public static AppRun with(Map<String, String> variables, Path directory, String... arguments) {
    Map<String, String> environment = new HashMap<>(variables);
    environment.put("XDG_CACHE_HOME", directory.resolve("cache").toString());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Terminal.Audience.FILE,
            directory,
            environment,
            Map.of("user.home", directory.toString()));
    DatasetRegistry datasets =
        new DatasetRegistry(List.of(new DigitsSource(FEW), new ShapesSource(FEW_SCENES)));
    int exitCode = new CommandLineApp(terminal, datasets).run(arguments);
    return new AppRun(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
