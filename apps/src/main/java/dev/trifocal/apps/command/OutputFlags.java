package dev.trifocal.apps.command;

import dev.trifocal.error.ConfigurationException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** Options for where {@code run} writes: one output to a file, or all outputs to a folder. */
public final class OutputFlags {
  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "File to write a single output to.")
  private Optional<Path> file = Optional.empty();

  @Option(
      names = "--output-name",
      paramLabel = "NAME",
      description = "Name of the output for --output. Default: the first output.")
  private Optional<String> name = Optional.empty();

  @Option(
      names = "--outputs",
      paramLabel = "DIR",
      description = "Folder to write all outputs to, each as NAME.npy.")
  private Optional<Path> folder = Optional.empty();

  /**
   * Checks that an output is requested.
   *
   * @throws ConfigurationException if neither {@code --output} nor {@code --outputs} is given
   */
  void require() {
    if (file.isEmpty() && folder.isEmpty()) {
      throw new ConfigurationException(
          "no output is given; use --output FILE for one output or --outputs DIR for all");
    }
  }

  /**
   * Maps each file to the name of the output to write to it.
   *
   * @param made the outputs by name
   * @throws ConfigurationException if the output named by {@code --output-name} does not exist, or
   *     there are no numeric outputs
   */
  Map<Path, String> files(Map<String, ?> made) {
    if (made.isEmpty()) {
      throw new ConfigurationException("the model has no numeric outputs to write");
    }
    Map<Path, String> result = new LinkedHashMap<>();
    folder.ifPresent(
        into ->
            fileNames(made.keySet()).forEach((each, file) -> result.put(into.resolve(file), each)));
    String one = name.orElseGet(() -> made.keySet().iterator().next());
    if (!made.containsKey(one)) {
      throw new ConfigurationException(
          "there is no numeric output '%s'; there are %s"
              .formatted(one, String.join(", ", made.keySet())));
    }
    file.ifPresent(into -> result.put(into, one));
    return result;
  }

  /**
   * Returns a safe file name for each output; output names in foreign models may contain any
   * character. Where two outputs would share a file, the one that is renamed gets a number.
   */
  private static Map<String, String> fileNames(Set<String> names) {
    Set<String> taken = new HashSet<>(names);
    Map<String, String> result = new LinkedHashMap<>();
    for (String name : names) {
      String safe = name.replaceAll("[^A-Za-z0-9_.-]", "_").replaceAll("^[.]+", "_");
      String free = safe;
      for (int number = 2; !safe.equals(name) && !taken.add(free); number++) {
        free = safe + "_" + number;
      }
      result.put(name, free + ".npy");
    }
    return result;
  }
}
