package dev.trifocal.apps.engine;

import com.sun.management.OperatingSystemMXBean;
import dev.trifocal.file.FileFailure;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The memory that this process has, and may still take, in bytes. */
public final class ProcessMemory {
  static final Path STATUS = Path.of("/proc/self/status");
  private static final Path LIMITS = Path.of("/proc/self/limits");
  private static final Path SYSTEM = Path.of("/proc/meminfo");
  private static final long KIBIBYTE = 1024;

  private ProcessMemory() {}

  /**
   * Returns the resident memory. Where the system does not tell it, returns that of Java, which is
   * less.
   */
  public static long resident() {
    return number(STATUS, "VmRSS:")
        .orElseGet(() -> Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
  }

  /**
   * Returns what the system has free, and the limits of the container and of the address space
   * allow.
   */
  static long free() {
    // Java knows the limit of a container, and counts files that the system may drop as used.
    long allowed = system().getTotalMemorySize() - resident();
    long available = number(SYSTEM, "MemAvailable:").orElseGet(() -> system().getFreeMemorySize());
    return LongStream.of(allowed, available, addressSpace().orElse(Long.MAX_VALUE))
        .min()
        .getAsLong();
  }

  /** Returns the limit of the container that this process runs in; empty if it has none. */
  public static OptionalLong containerLimit() {
    long allowed = system().getTotalMemorySize();
    return number(SYSTEM, "MemTotal:").stream()
        .filter(all -> allowed < all)
        .map(all -> allowed)
        .findFirst();
  }

  /** Returns the highest resident memory; empty where the system does not tell. */
  static OptionalLong peak() {
    return number(STATUS, "VmHWM:");
  }

  /** Returns the resident memory that the system cannot take back, unlike parts of files. */
  public static long unreclaimable() {
    return number(STATUS, "RssAnon:").orElse(0);
  }

  private static OperatingSystemMXBean system() {
    return (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  }

  /** Returns the addresses left below {@code ulimit -v}; empty if there is no limit. */
  private static OptionalLong addressSpace() {
    OptionalLong taken = number(STATUS, "VmSize:");
    return lines(LIMITS, "Max address space")
        .map(line -> line.substring("Max address space".length()).strip().split("\\s+")[0])
        .filter(limit -> !limit.equals("unlimited"))
        .mapToLong(limit -> Long.parseLong(limit) - taken.orElse(0))
        .findFirst();
  }

  private static OptionalLong number(Path file, String field) {
    return lines(file, field)
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIBIBYTE)
        .findFirst();
  }

  private static Stream<String> lines(Path file, String start) {
    if (!Files.isReadable(file)) {
      return Stream.empty();
    }
    try {
      return Files.readAllLines(file).stream().filter(line -> line.startsWith(start));
    } catch (IOException e) {
      throw FileFailure.reading(file, e);
    }
  }
}
