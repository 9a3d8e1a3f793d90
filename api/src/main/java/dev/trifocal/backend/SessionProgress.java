package dev.trifocal.backend;

import dev.trifocal.tensor.Tensor;
import dev.trifocal.tensor.UnusedTensors;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.LossGraph;
import java.util.Map;

/**
 * The progress of a {@link TrainingSession}: its steps, the samples with pending gradients, and
 * whether it is open. Each session has one.
 */
public final class SessionProgress {
  private final String name;
  private final UnusedTensors unused = UnusedTensors.ofResults();
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
    long copied = start.bytes() - start.frozenWeights().bytes();
    return new SessionProgress(start.graph().name(), copied, start.step());
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
   * the checkpoint that the session has copied, unless something else refers to it.
   *
   * @throws IllegalStateException after {@link #close}
   */
  public void beginStep() {
    requireOpen();
    UnusedTensors.free(copied);
    copied = 0;
  }

  /**
   * Begins a step on a batch like {@link #beginStep()}, and validates the batch. Frees what earlier
   * steps made on the host once it is much, unless something else refers to it.
   *
   * @return the batch with encoded labels
   * @throws IllegalStateException after {@link #close}
   * @throws dev.trifocal.error.DataException if the batch does not fit
   */
  public StepInputs beginStep(
      LossGraph loss, Map<String, Tensor> inputs, Map<String, Tensor> labels) {
    beginStep();
    unused.freeIfMany();
    StepInputs checked = StepInputs.of(loss, inputs, labels);
    unused.add(HostTensors.bytes(loss, checked.batch()));
    return checked;
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
