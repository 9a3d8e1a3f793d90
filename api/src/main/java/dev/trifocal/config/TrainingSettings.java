package dev.trifocal.config;

import dev.trifocal.data.Shuffle;
import dev.trifocal.train.ExponentialMovingAverage;
import dev.trifocal.train.Optimizer;
import dev.trifocal.train.ParameterGroup;
import dev.trifocal.train.WeightDecayScope;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How a training goes.
 *
 * @param epochs passes over the training samples, positive
 * @param batchSize samples per batch, positive
 * @param accumulate batches whose gradients make one step together, positive
 * @param decay what weight decay applies to
 * @param clipping of gradients
 * @param labelSmoothing within [0, 1]
 * @param classWeights what each class counts in the loss
 * @param ema decay of the average of the weights, at least 0 and below 1; empty for none
 * @param patience epochs without a better validation result before training stops; empty for never
 * @param checkpointEvery steps between two saves of the last state, positive
 * @param loaderThreads that read ahead of the engine, positive
 * @param rates parts that learn at a multiple of the rate
 * @param metrics words of {@link MetricNames}; empty for those that suit the number of classes
 * @param bestBy {@code loss} or a word of {@link MetricNames} that says which epoch is the best;
 *     empty for accuracy
 * @param eventFiles for TensorBoard
 */
public record TrainingSettings(
    int epochs,
    int batchSize,
    int accumulate,
    OptimizerSettings optimizer,
    WeightDecayScope decay,
    ClippingSettings clipping,
    ScheduleSettings schedule,
    double labelSmoothing,
    ClassWeightSettings classWeights,
    OptionalDouble ema,
    OptionalInt patience,
    int checkpointEvery,
    int loaderThreads,
    Shuffle shuffle,
    List<ParameterGroup> rates,
    List<String> metrics,
    Optional<String> bestBy,
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

  /** The optimizer, with an average of the weights if one is wanted. */
  public Optimizer averagingOptimizer() {
    Optimizer plain = optimizer.optimizer();
    return ema.isPresent() ? new ExponentialMovingAverage(plain, ema.getAsDouble()) : plain;
  }
}
