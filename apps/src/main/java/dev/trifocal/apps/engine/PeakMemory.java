package dev.trifocal.apps.engine;

import dev.trifocal.error.ConfigurationException;
import dev.trifocal.file.FileFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The highest resident memory of this process since a moment, above what it had then; Linux only.
 *
 * @param idle resident memory at that moment, in bytes
 */
public record PeakMemory(long idle) {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path CLEAR = Path.of("/proc/self/clear_refs");

  /** The value that resets the peak. */
  private static final String PEAK = "5";

  private static final long KIBIBYTE = 1024;

  /**
   * Starts to measure.
   *
   * @throws ConfigurationException if the system does not tell the memory of a process
   */
  public static PeakMemory start() {
    if (!Files.isReadable(STATUS) || !Files.isWritable(CLEAR)) {
      throw new ConfigurationException(
          "--memory reads %s, which only Linux has; omit it".formatted(STATUS));
    }
    System.gc();
    try {
      Files.writeString(CLEAR, PEAK);
    } catch (IOException e) {
      throw FileFailure.writing(CLEAR, e);
    }
    return new PeakMemory(bytes("VmRSS"));
  }

  /** Returns the peak above the start, in bytes. */
  public long aboveIdle() {
    return Math.max(0, bytes("VmHWM") - idle);
  }

  private static long bytes(String field) {
    try {
      List<String> lines = Files.readAllLines(STATUS);
      return lines.stream()
          .filter(line -> line.startsWith(field + ":"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIBIBYTE)
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw FileFailure.reading(STATUS, e);
    }
  }
}
