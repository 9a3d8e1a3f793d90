package dev.trifocal.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.nio.file.Files;
import java.nio.file.Path;

/** The resident memory of this process, including native memory; Linux only. */
final class ResidentMemory {
  static final Path STATUS = Path.of("/proc/self/status");

  private ResidentMemory() {}

  static boolean known() {
    return Files.isReadable(STATUS);
  }

  /** Returns the memory in bytes after garbage, including direct buffers, has been collected. */
  static long settled() {
    collect();
    collect();
    try (var lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Collects garbage and waits for the thread that frees direct buffers. */
  private static void collect() {
    ReferenceQueue<Object> freed = new ReferenceQueue<>();
    PhantomReference<Object> witness = new PhantomReference<>(new Object(), freed);
    System.gc();
    try {
      freed.remove(1000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      Reference.reachabilityFence(witness);
    }
  }
}
