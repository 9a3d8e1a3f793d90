package dev.trifocal.trainer;

import dev.trifocal.error.ConfigurationException;
import dev.trifocal.metric.Metric;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A {@link Callback}'s access to its run, valid during the event that it is passed with. */
public final class TrainingControl {
  private final TrainingProgress progress;
  private final List<Metric> metrics;
  private final long steps;
  private final double scheduled;
  private double rateFactor;
  private Optional<String> stopReason;
  private boolean saveRequested;

  /**
   * Creates a control; tests of callbacks can use it with {@link TrainingProgress#start}.
   *
   * @param steps number of steps taken so far in the whole run
   * @param scheduled scheduled rate of the next step, before the factor in {@code progress}
   */
  public TrainingControl(TrainingProgress progress, long steps, double scheduled) {
    this(progress, List.of(), steps, scheduled);
  }

  /**
   * @param metrics the metrics whose sums {@code progress} holds
   */
  TrainingControl(TrainingProgress progress, List<Metric> metrics, long steps, double scheduled) {
    this.progress = progress;
    this.metrics = metrics;
    this.steps = steps;
    this.scheduled = scheduled;
    this.rateFactor = progress.callbacks().rateFactor();
    this.stopReason = progress.callbacks().stopReason();
  }

  /** Returns the number of steps taken so far in the whole run. */
  public long step() {
    return steps;
  }

  /** Returns the epoch of the next step, from 1. */
  public int epoch() {
    return progress.epoch();
  }

  /** Returns the means of loss and metrics over the epoch so far; empty between epochs. */
  public Map<String, Double> running() {
    return new MetricTotals(metrics, progress.running()).values();
  }

  /** Returns the records of all completed epochs, including that of this event. */
  public List<EpochRecord> history() {
    return progress.history();
  }

  /** Returns the learning rate of the next step. */
  public double learningRate() {
    return scheduled * rateFactor;
  }

  /**
   * Sets the learning rate of the next step. All later rates of the schedule change by the same
   * factor.
   *
   * @param value learning rate, at least 0
   * @throws ConfigurationException if it is negative or not finite, or the schedule is at 0 and
   *     cannot be scaled
   */
  public void learningRate(double value) {
    if (scheduled == 0) {
      throw new ConfigurationException(
          "the learning rate cannot be set to %s while the schedule is at 0".formatted(value));
    }
    requireRate(value);
    rateFactor = value / scheduled;
  }

  /**
   * Multiplies the learning rate from the next step on.
   *
   * @param factor factor, at least 0
   * @throws ConfigurationException if it is negative or not finite
   */
  public void scaleLearningRate(double factor) {
    requireRate(factor);
    rateFactor *= factor;
  }

  /**
   * Ends the run after this event and saves its state. A run stopped by a callback does not
   * continue when resumed.
   *
   * @param reason reason shown to the user
   */
  public void stop(String reason) {
    stopReason = Optional.of(reason);
  }

  /** Saves a checkpoint after this event, regardless of the checkpoint interval. */
  public void save() {
    saveRequested = true;
  }

  /** Returns true if {@link #save} was called. */
  public boolean saveRequested() {
    return saveRequested;
  }

  /** Returns the progress with the callback's changes. */
  public TrainingProgress applied() {
    return progress.callbacks(
        new CallbackState(rateFactor, stopReason, progress.callbacks().states()));
  }

  private static void requireRate(double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new ConfigurationException(
          "a learning rate must be 0 or more, but a callback set it to " + value);
    }
  }
}
