package dev.trifocal.config;

import dev.trifocal.data.Shuffle;
import dev.trifocal.train.Decay;
import dev.trifocal.train.RateGroup;
import java.util.List;
import java.util.OptionalInt;

/**
 * How a training goes.
 *
 * @param epochs passes over the training samples, positive
 * @param batchSize samples per step, positive
 * @param decay what weight decay applies to
 * @param clipping of gradients
 * @param labelSmoothing within [0, 1]
 * @param patience epochs without a better validation result before training stops; empty for never
 * @param checkpointEvery steps between two saves of the last state, positive
 * @param loaderThreads that read ahead of the engine, positive
 * @param rates parts that learn at a multiple of the rate
 * @param metrics words of {@link MetricNames}; empty for those that suit the number of classes
 * @param eventFiles for TensorBoard
 */
public record TrainingSettings(
    int epochs,
    int batchSize,
    OptimizerSettings optimizer,
    Decay decay,
    ClippingSettings clipping,
    ScheduleSettings schedule,
    double labelSmoothing,
    OptionalInt patience,
    int checkpointEvery,
    int loaderThreads,
    Shuffle shuffle,
    List<RateGroup> rates,
    List<String> metrics,
    EventFiles eventFiles) {

  /** Whether a training is written down for TensorBoard. */
  public enum EventFiles {
    WRITTEN,
    LEFT_OUT
  }

  public TrainingSettings {
    rates = List.copyOf(rates);
    metrics = List.copyOf(metrics);
  }
}
