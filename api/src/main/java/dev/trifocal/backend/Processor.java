package dev.trifocal.backend;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The processor of a machine.
 *
 * @param model such as {@code AMD EPYC 7763}; the architecture where the system does not tell
 * @param features names of instruction sets as Linux writes them, such as {@code avx512_bf16};
 *     empty where the system does not tell
 */
public record Processor(String model, Set<String> features) {
  private static final Path FACTS = Path.of("/proc/cpuinfo");

  public Processor {
    features = Set.copyOf(features);
  }

  /** Returns the processor of this machine. */
  public static Processor current() {
    String architecture = System.getProperty("os.arch");
    if (!Files.isReadable(FACTS)) {
      return new Processor(architecture, Set.of());
    }
    try (Stream<String> lines = Files.lines(FACTS, StandardCharsets.ISO_8859_1)) {
      return of(lines.toList(), architecture);
    } catch (IOException e) {
      return new Processor(architecture, Set.of());
    }
  }

  /**
   * Returns the processor that the lines of Linux's {@code /proc/cpuinfo} describe.
   *
   * @param architecture the model where no line names it
   */
  static Processor of(List<String> lines, String architecture) {
    Optional<String> features = value(lines, "flags");
    return new Processor(
        value(lines, "model name").orElse(architecture),
        features.map(text -> Set.of(text.split(" +"))).orElse(Set.of()));
  }

  /** Returns whether the processor has any of several instruction sets. */
  public boolean hasAny(String... names) {
    return Stream.of(names).anyMatch(features::contains);
  }

  private static Optional<String> value(List<String> lines, String key) {
    return lines.stream()
        .filter(line -> line.startsWith(key))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .filter(text -> !text.isEmpty())
        .findFirst();
  }
}
