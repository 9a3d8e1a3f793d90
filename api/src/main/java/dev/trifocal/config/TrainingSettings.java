package dev.trifocal.config;

import dev.trifocal.backend.StepSize;
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
 * The settings of a training run's loop, loss and optimizer.
 *
 * @param epochs passes over the training samples, positive
 * @param batchSize samples per batch, positive
 * @param accumulate batches whose gradients are accumulated for one step, positive
 * @param memory the memory that training may take; empty for what is free
 * @param decay parameters that weight decay applies to
 * @param clipping gradient clipping
 * @param loss the loss of a classifier
 * @param labelSmoothing label smoothing, in [0, 1]
 * @param classWeights weight of each class in the loss
 * @param ema decay of the exponential moving average of the weights, in [0, 1); empty for none
 * @param patience epochs without a better validation result before training stops; empty for never
 * @param checkpointEvery steps between two saves of the last state, positive
 * @param loaderThreads threads that read batches ahead, positive
 * @param rates parameter groups with a multiple of the learning rate
 * @param metrics names from {@link MetricNames}; empty to choose by the number of classes
 * @param bestBy {@code loss} or a name from {@link MetricNames}, by which the best epoch is chosen;
 *     empty for accuracy
 * @param eventFiles whether to write event files for TensorBoard
 * @param histograms epochs between histograms of weights and gradients in the event files,
 *     positive; empty for none
 */
public record TrainingSettings(
    int epochs,
    int batchSize,
    int accumulate,
    Optional<MemorySize> memory,
    OptimizerSettings optimizer,
    WeightDecayScope decay,
    ClippingSettings clipping,
    ScheduleSettings schedule,
    LossKind loss,
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
    EventFiles eventFiles,
    OptionalInt histograms) {

  /** Whether event files for TensorBoard are written. */
  public enum EventFiles {
    WRITTEN,
    LEFT_OUT
  }

  public TrainingSettings {
    rates = List.copyOf(rates);
    metrics = List.copyOf(metrics);
  }

  /** Returns the samples of a step. */
  public StepSize stepSize() {
    return new StepSize(batchSize, accumulate);
  }

  /** Returns these settings with the samples of a step in other batches. */
  public TrainingSettings stepSize(StepSize size) {
    return new TrainingSettings(
        epochs,
        size.batchSize(),
        size.batches(),
        memory,
        optimizer,
        decay,
        clipping,
        schedule,
        loss,
        labelSmoothing,
        classWeights,
        ema,
        patience,
        checkpointEvery,
        loaderThreads,
        shuffle,
        rates,
        metrics,
        bestBy,
        eventFiles,
        histograms);
  }

  /** Returns the optimizer, including the moving average of the weights if {@code ema} is set. */
  public Optimizer averagingOptimizer() {
    Optimizer plain = optimizer.optimizer();
    return ema.isPresent() ? new ExponentialMovingAverage(plain, ema.getAsDouble()) : plain;
  }
}
