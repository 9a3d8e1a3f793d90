package dev.trifocal.apps.command;

import dev.trifocal.error.ConfigurationException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Where {@code run} writes: one output into a file, or all into a folder. */
final class OutputFlags {
  @Option(names = "--output", paramLabel = "FILE", description = "To write one output into.")
  private Path file;

  @Option(
      names = "--outputs",
      paramLabel = "DIR",
      description = "To write all outputs into, each under its name.")
  private Path folder;

  /**
   * File to the output that belongs into it.
   *
   * @param made by the names of the outputs
   * @param wanted may be null for the first
   * @throws ConfigurationException if there is no such output
   */
  Map<Path, String> files(Map<String, ?> made, String wanted) {
    Map<Path, String> result = new LinkedHashMap<>();
    if (folder != null) {
      made.keySet().forEach(name -> result.put(folder.resolve(fileName(name)), name));
      return result;
    }
    String name = wanted == null ? made.keySet().iterator().next() : wanted;
    if (!made.containsKey(name)) {
      throw new ConfigurationException(
          "there is no output '%s'; there are %s"
              .formatted(name, String.join(", ", made.keySet())));
    }
    result.put(file, name);
    return result;
  }

  /** Names in files of others may have anything in them. */
  private static String fileName(String name) {
    return name.replaceAll("[^A-Za-z0-9_.-]", "_").replaceAll("^[.]+", "_") + ".npy";
  }
}
