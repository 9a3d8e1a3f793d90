package dev.trifocal.apps.training;

import dev.trifocal.apps.engine.ProcessMemory;
import dev.trifocal.apps.terminal.FailureMessage;
import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.config.MemorySize;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Ends the process with a message shortly before a container that is full kills it without one.
 * Checkpoints are written so that they survive a kill.
 */
final class MemoryGuard implements AutoCloseable {
  private static final long MILLISECONDS = 10;

  /** Reserved for what the process takes between two looks, and for the kernel's own tables. */
  private static final double RESERVED = 0.02;

  private final long most;
  private final LongSupplier taken;
  private final Runnable full;
  private final ScheduledExecutorService timer;
  private final Future<?> looks;

  private MemoryGuard(long most, LongSupplier taken, Runnable full) {
    this.most = most;
    this.taken = taken;
    this.full = full;
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "memory guard");
              thread.setDaemon(true);
              return thread;
            });
    this.looks = timer.scheduleWithFixedDelay(this::look, 0, MILLISECONDS, TimeUnit.MILLISECONDS);
  }

  /** Does work while watching the limit of the container, if there is one. */
  static <T> T during(Terminal terminal, MemoryAdvice advice, Supplier<T> work) {
    OptionalLong limit = ProcessMemory.containerLimit();
    if (limit.isEmpty()) {
      return work.get();
    }
    Runnable full =
        () -> {
          terminal.error("error: " + advice.aboutFull(new MemorySize(limit.getAsLong())));
          // The engine is in a step, which nothing can interrupt.
          Terminal.halt(FailureMessage.Kind.USER.exitCode());
        };
    MemoryGuard guard = watching(limit.getAsLong(), ProcessMemory::unreclaimable, full);
    try {
      return work.get();
    } finally {
      guard.close();
    }
  }

  /**
   * Watches a limit.
   *
   * @param taken returns the bytes that count towards it
   * @param full runs once when it is nearly reached
   */
  static MemoryGuard watching(long limit, LongSupplier taken, Runnable full) {
    return new MemoryGuard((long) (limit * (1 - RESERVED)), taken, full);
  }

  private void look() {
    if (taken.getAsLong() >= most) {
      timer.shutdown();
      full.run();
    }
  }

  @Override
  public void close() {
    looks.cancel(false);
    timer.shutdownNow();
  }
}
