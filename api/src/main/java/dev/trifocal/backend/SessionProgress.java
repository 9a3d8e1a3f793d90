package dev.trifocal.backend;

import dev.trifocal.train.Checkpoint;

/**
 * How far a {@link TrainingSession} has come: steps taken, samples whose gradients wait for an
 * update, and whether it is open. Each session owns one.
 */
public final class SessionProgress {
  private final String name;
  private long step;
  private long pending;
  private boolean closed;

  private SessionProgress(String name, long step) {
    this.name = name;
    this.step = step;
  }

  public static SessionProgress of(Checkpoint start) {
    return new SessionProgress(start.graph().name(), start.step());
  }

  /** Steps taken. */
  public long step() {
    return step;
  }

  /** The number of the step that comes next. */
  public long next() {
    return step + 1;
  }

  /** Samples whose gradients are added up and not yet used. */
  public long pending() {
    return pending;
  }

  /** Gradients of so many samples have been added up. */
  public void accumulated(long samples) {
    pending += samples;
  }

  /** A step has been taken, with all gradients that waited for it. */
  public void updated() {
    pending = 0;
    step++;
  }

  /**
   * @throws IllegalStateException after {@link #close}
   */
  public void requireOpen() {
    if (closed) {
      throw new IllegalStateException(name + ": the session is closed");
    }
  }

  /**
   * @throws IllegalStateException if no gradients wait for an update, or after {@link #close}
   */
  public void requireGradients() {
    requireOpen();
    if (pending == 0) {
      throw new IllegalStateException(name + ": there are no gradients yet");
    }
  }

  /** Whether it was open until now. */
  public boolean close() {
    boolean first = !closed;
    closed = true;
    return first;
  }
}
