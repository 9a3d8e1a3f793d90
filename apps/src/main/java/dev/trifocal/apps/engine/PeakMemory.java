package dev.trifocal.apps.engine;

import dev.trifocal.error.ConfigurationException;
import dev.trifocal.file.FileFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The highest resident memory of this process since a moment, above what it had then; Linux only.
 *
 * @param idle resident memory at that moment, in bytes
 */
public record PeakMemory(long idle) {
  private static final Path CLEAR = Path.of("/proc/self/clear_refs");

  /** The value that resets the peak. */
  private static final String PEAK = "5";

  /**
   * Starts to measure.
   *
   * @throws ConfigurationException if the system does not tell the memory of a process
   */
  public static PeakMemory start() {
    if (!Files.isReadable(ProcessMemory.STATUS) || !Files.isWritable(CLEAR)) {
      throw new ConfigurationException(
          "--memory reads %s, which only Linux has; omit it".formatted(ProcessMemory.STATUS));
    }
    System.gc();
    try {
      Files.writeString(CLEAR, PEAK);
    } catch (IOException e) {
      throw FileFailure.writing(CLEAR, e);
    }
    return new PeakMemory(ProcessMemory.resident());
  }

  /** Returns the peak above the start, in bytes. */
  public long aboveIdle() {
    return Math.max(0, ProcessMemory.peak().orElseThrow() - idle);
  }
}
