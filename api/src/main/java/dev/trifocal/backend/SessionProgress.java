package dev.trifocal.backend;

import dev.trifocal.train.Checkpoint;
import dev.trifocal.weights.Weights;

/**
 * The progress of a {@link TrainingSession}: its steps, the samples with pending gradients, and
 * whether it is open. Each session has one.
 */
public final class SessionProgress {
  /** The bytes from which on copied memory is worth a garbage collection. */
  private static final long LARGE = 1 << 20;

  private final String name;
  private long copied;
  private long step;
  private long pending;
  private boolean closed;

  private SessionProgress(String name, long copied, long step) {
    this.name = name;
    this.copied = copied;
    this.step = step;
  }

  /**
   * Returns the progress of a session that has copied a checkpoint and keeps at most its frozen
   * weights.
   */
  public static SessionProgress of(Checkpoint start) {
    long bytes = bytes(start.weights()) - bytes(start.frozenWeights());
    for (Weights slot : start.slots().values()) {
      bytes += bytes(slot);
    }
    return new SessionProgress(start.graph().name(), bytes, start.step());
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
   * Checks that the session is open, before gradients are computed or added. The first time, frees
   * the checkpoint that the session has copied, unless something else refers to it: its memory is
   * native, so the garbage collector does not see how much it is.
   *
   * @throws IllegalStateException after {@link #close}
   */
  public void beginStep() {
    requireOpen();
    if (copied >= LARGE) {
      System.gc();
    }
    copied = 0;
  }

  private static long bytes(Weights weights) {
    return weights.tensors().values().stream()
        .mapToLong(tensor -> tensor.shape().elements() * tensor.type().bytes())
        .sum();
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
