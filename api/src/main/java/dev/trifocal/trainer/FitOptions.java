package dev.trifocal.trainer;

import dev.trifocal.data.Shuffle;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.metric.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How long a training goes on and how it reads its data.
 *
 * @param epochs in all, those before a resume included; at least 1
 * @param batchSize samples per step, at least 1; the last batch of an epoch may be smaller
 * @param patience stop after this many epochs in a row without a better one, at least 1
 * @param checkpointEvery save after every so many steps, besides the end of each epoch; 0 for never
 * @param loaderThreads threads that read batches ahead of the engine, at least 1; they change no
 *     number
 * @param accumulate batches whose gradients make one step together, at least 1; the last step of an
 *     epoch may have fewer
 * @param earlierEpochs those of an earlier phase of the training, at whose end patience begins anew
 * @param bestBy name of the metric, or {@code loss}, that says which epoch is the best: the one
 *     with its highest value, of the loss the lowest; empty for {@code accuracy} where it is
 *     measured, else the loss. Of equal values the lower loss is better.
 */
public record FitOptions(
    int epochs,
    int batchSize,
    Shuffle shuffle,
    OptionalInt patience,
    int checkpointEvery,
    int loaderThreads,
    int accumulate,
    int earlierEpochs,
    Optional<String> bestBy) {

  /**
   * @throws ConfigurationException naming every value out of range
   */
  public FitOptions {
    List<String> problems = new ArrayList<>();
    require(problems, "epochs", epochs, 1);
    require(problems, "batch size", batchSize, 1);
    require(problems, "patience", patience.orElse(1), 1);
    require(problems, "steps between checkpoints", checkpointEvery, 0);
    require(problems, "loader threads", loaderThreads, 1);
    require(problems, "batches of one step", accumulate, 1);
    require(problems, "epochs of an earlier phase", earlierEpochs, 0);
    if (!problems.isEmpty()) {
      throw new ConfigurationException(String.join("; ", problems));
    }
  }

  /** Shuffled, to the last epoch, saved at the end of each, read by two threads. */
  public static FitOptions of(int epochs, int batchSize) {
    return new FitOptions(
        epochs, batchSize, Shuffle.EACH_EPOCH, OptionalInt.empty(), 0, 2, 1, 0, Optional.empty());
  }

  public FitOptions epochs(int value) {
    return new FitOptions(
        value,
        batchSize,
        shuffle,
        patience,
        checkpointEvery,
        loaderThreads,
        accumulate,
        earlierEpochs,
        bestBy);
  }

  public FitOptions batchSize(int value) {
    return new FitOptions(
        epochs,
        value,
        shuffle,
        patience,
        checkpointEvery,
        loaderThreads,
        accumulate,
        earlierEpochs,
        bestBy);
  }

  public FitOptions shuffle(Shuffle value) {
    return new FitOptions(
        epochs,
        batchSize,
        value,
        patience,
        checkpointEvery,
        loaderThreads,
        accumulate,
        earlierEpochs,
        bestBy);
  }

  public FitOptions patience(int value) {
    return new FitOptions(
        epochs,
        batchSize,
        shuffle,
        OptionalInt.of(value),
        checkpointEvery,
        loaderThreads,
        accumulate,
        earlierEpochs,
        bestBy);
  }

  public FitOptions checkpointEvery(int value) {
    return new FitOptions(
        epochs,
        batchSize,
        shuffle,
        patience,
        value,
        loaderThreads,
        accumulate,
        earlierEpochs,
        bestBy);
  }

  public FitOptions loaderThreads(int value) {
    return new FitOptions(
        epochs,
        batchSize,
        shuffle,
        patience,
        checkpointEvery,
        value,
        accumulate,
        earlierEpochs,
        bestBy);
  }

  public FitOptions accumulate(int value) {
    return new FitOptions(
        epochs,
        batchSize,
        shuffle,
        patience,
        checkpointEvery,
        loaderThreads,
        value,
        earlierEpochs,
        bestBy);
  }

  public FitOptions earlierEpochs(int value) {
    return new FitOptions(
        epochs,
        batchSize,
        shuffle,
        patience,
        checkpointEvery,
        loaderThreads,
        accumulate,
        value,
        bestBy);
  }

  /** Name of the metric, or {@code loss}, that says which epoch is the best. */
  public FitOptions bestBy(String metric) {
    return new FitOptions(
        epochs,
        batchSize,
        shuffle,
        patience,
        checkpointEvery,
        loaderThreads,
        accumulate,
        earlierEpochs,
        Optional.of(metric));
  }

  /**
   * @throws ConfigurationException if the best epoch is to be found by something that a training
   *     does not measure
   */
  public void requireMeasured(List<Metric> metrics) {
    List<String> measured = new ArrayList<>(List.of(MetricTotals.LOSS));
    metrics.forEach(metric -> measured.add(metric.name()));
    if (bestBy.isPresent() && !measured.contains(bestBy.get())) {
      throw new ConfigurationException(
          "the best epoch is to be the best by '%s' (best-by), but measured are %s; choose one of these, or measure it, too"
              .formatted(bestBy.get(), String.join(", ", measured)));
    }
  }

  private static void require(List<String> problems, String what, int value, int least) {
    if (value < least) {
      problems.add("%s must be %d or more, but is %d".formatted(what, least, value));
    }
  }
}
