package dev.trifocal.trainer;

import dev.trifocal.error.ConfigurationException;
import dev.trifocal.metric.Metric;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a {@link Callback} sees of a run and does to it. Valid during the event that it came with.
 */
public final class TrainingControl {
  private final TrainingProgress progress;
  private final List<Metric> metrics;
  private final long steps;
  private final double scheduled;
  private double rateFactor;
  private Optional<String> stopReason;
  private boolean saveRequested;

  /**
   * Also for tests of callbacks, with {@link TrainingProgress#start}.
   *
   * @param steps taken so far in the whole training
   * @param scheduled rate of the next step, before the factor that {@code progress} holds
   */
  public TrainingControl(TrainingProgress progress, long steps, double scheduled) {
    this(progress, List.of(), steps, scheduled);
  }

  /**
   * @param metrics that have added up what {@code progress} holds
   */
  TrainingControl(TrainingProgress progress, List<Metric> metrics, long steps, double scheduled) {
    this.progress = progress;
    this.metrics = metrics;
    this.steps = steps;
    this.scheduled = scheduled;
    this.rateFactor = progress.callbacks().rateFactor();
    this.stopReason = progress.callbacks().stopReason();
  }

  /** Steps taken so far in the whole training. */
  public long step() {
    return steps;
  }

  /** The epoch that the next step belongs to, from 1. */
  public int epoch() {
    return progress.epoch();
  }

  /** Means of the loss and the metrics over the epoch so far; empty between epochs. */
  public Map<String, Double> running() {
    return new MetricTotals(metrics, progress.running()).values();
  }

  /** Loss and metrics of every epoch that has ended, the one of this event included. */
  public List<EpochRecord> history() {
    return progress.history();
  }

  /** The learning rate of the next step. */
  public double learningRate() {
    return scheduled * rateFactor;
  }

  /**
   * Sets the learning rate of the next step. The schedule goes on: all later rates change by the
   * same factor.
   *
   * @param value 0 or more
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
   * @param factor 0 or more
   * @throws ConfigurationException if it is negative or not finite
   */
  public void scaleLearningRate(double factor) {
    requireRate(factor);
    rateFactor *= factor;
  }

  /**
   * Ends the run in good order after this event: its state is saved. A run that a callback has
   * stopped does not go on when it is resumed.
   *
   * @param reason for people
   */
  public void stop(String reason) {
    stopReason = Optional.of(reason);
  }

  /** Saves the state as it is after this event, whatever the interval of checkpoints is. */
  public void save() {
    saveRequested = true;
  }

  /** Whether {@link #save} was called. */
  public boolean saveRequested() {
    return saveRequested;
  }

  /** The progress with what was imposed on it. */
  public TrainingProgress applied() {
    return progress.callbacks(
        new CallbackState(rateFactor, stopReason, progress.callbacks().states()));
  }

  private static void requireRate(double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new ConfigurationException(
          "a learning rate must be 0 or more, but a callback asks for " + value);
    }
  }
}
