package dev.trifocal.backend;

import dev.trifocal.train.Checkpoint;

/**
 * The progress of a {@link TrainingSession}: its steps, the samples with pending gradients, and
 * whether it is open. Each session has one.
 */
public final class SessionProgress {
  /** The bytes of weights from which on a copy is worth a garbage collection. */
  private static final long LARGE = 1 << 20;

  private final String name;
  private boolean collectBeforeStep;
  private long step;
  private long pending;
  private boolean closed;

  private SessionProgress(String name, boolean collectBeforeStep, long step) {
    this.name = name;
    this.collectBeforeStep = collectBeforeStep;
    this.step = step;
  }

  /**
   * Returns the progress of a session that has copied a checkpoint and keeps at most its frozen
   * weights.
   */
  public static SessionProgress of(Checkpoint start) {
    long bytes =
        start.graph().weightShapes().values().stream()
            .mapToLong(shape -> shape.elements() * Float.BYTES)
            .sum();
    return new SessionProgress(start.graph().name(), bytes >= LARGE, start.step());
  }

  /** Returns the number of steps taken. */
  public long step() {
    return step;
  }

  /** Returns the number of the next step, from 1. */
  public long next() {
    return step + 1;
  }

  /** Returns the number of samples whose gradients are accumulated and not yet used. */
  public long pending() {
    return pending;
  }

  /** Records that gradients have been accumulated. */
  public void accumulated(long samples) {
    pending += samples;
  }

  /** Records that a step has been taken with all pending gradients. */
  public void updated() {
    pending = 0;
    step++;
  }

  /**
   * Checks that the session is open.
   *
   * @throws IllegalStateException after {@link #close}
   */
  public void requireOpen() {
    if (closed) {
      throw new IllegalStateException(name + ": the session is closed");
    }
  }

  /**
   * Checks that the session is open, and frees the memory of the checkpoint that it copied before
   * its first step, unless the caller keeps it. That memory is native: left alone, the garbage
   * collector would not notice that it is needed.
   *
   * @throws IllegalStateException after {@link #close}
   */
  public void beginStep() {
    requireOpen();
    if (collectBeforeStep) {
      collectBeforeStep = false;
      System.gc();
    }
  }

  /**
   * Checks that there are pending gradients.
   *
   * @throws IllegalStateException if there are none, or after {@link #close}
   */
  public void requireGradients() {
    requireOpen();
    if (pending == 0) {
      throw new IllegalStateException(name + ": there are no gradients yet");
    }
  }

  /** Closes the session; returns true if it was open. */
  public boolean close() {
    boolean first = !closed;
    closed = true;
    return first;
  }
}
