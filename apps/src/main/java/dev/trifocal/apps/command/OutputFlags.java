package dev.trifocal.apps.command;

import dev.trifocal.error.ConfigurationException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where {@code run} writes: one output into a file, or all into a folder. */
public final class OutputFlags {
  @Option(names = "--output", paramLabel = "FILE", description = "To write one output into.")
  private Optional<Path> file = Optional.empty();

  @Option(
      names = "--output-name",
      paramLabel = "NAME",
      description = "Which one that is. Default: the first.")
  private Optional<String> name = Optional.empty();

  @Option(
      names = "--outputs",
      paramLabel = "DIR",
      description = "To write all outputs into, each under its name.")
  private Optional<Path> folder = Optional.empty();

  /**
   * @throws ConfigurationException if none of the flags is there
   */
  void require() {
    if (file.isEmpty() && folder.isEmpty()) {
      throw new ConfigurationException(
          "say where the outputs go: --output FILE for one, --outputs DIR for all");
    }
  }

  /**
   * File to the output that belongs into it.
   *
   * @param made by the names of the outputs
   * @throws ConfigurationException if there is no such output
   */
  Map<Path, String> files(Map<String, ?> made) {
    Map<Path, String> result = new LinkedHashMap<>();
    folder.ifPresent(
        into -> made.keySet().forEach(each -> result.put(into.resolve(fileName(each)), each)));
    String one = name.orElseGet(() -> made.keySet().iterator().next());
    if (!made.containsKey(one)) {
      throw new ConfigurationException(
          "there is no output '%s'; there are %s".formatted(one, String.join(", ", made.keySet())));
    }
    file.ifPresent(into -> result.put(into, one));
    return result;
  }

  /** Names in files of others may have anything in them. */
  private static String fileName(String name) {
    return name.replaceAll("[^A-Za-z0-9_.-]", "_").replaceAll("^[.]+", "_") + ".npy";
  }
}
