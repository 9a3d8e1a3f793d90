package dev.trifocal.selection;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The processor of this machine. */
final class Processor {
  private static final Path FACTS = Path.of("/proc/cpuinfo");
  private static final String MODEL = "model name";

  private Processor() {}

  /**
   * Returns the number of cores and the model, such as {@code 8 x AMD EPYC 7763}; the architecture
   * where the system has no file with the model.
   */
  static String text() {
    return "%d x %s".formatted(Runtime.getRuntime().availableProcessors(), model());
  }

  private static String model() {
    String architecture = System.getProperty("os.arch");
    if (!Files.isReadable(FACTS)) {
      return architecture;
    }
    try (Stream<String> lines = Files.lines(FACTS, StandardCharsets.ISO_8859_1)) {
      return lines
          .filter(line -> line.startsWith(MODEL))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(architecture);
    } catch (IOException e) {
      return architecture;
    }
  }
}
