package dev.trifocal.trainer;

import dev.trifocal.data.Shuffle;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.metric.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Options of a training run: its length, and how data is loaded.
 *
 * @param epochs total number of epochs, including those before a resume; at least 1
 * @param batchSize samples per batch, at least 1; the last batch of an epoch may be smaller
 * @param patience number of consecutive epochs without improvement after which training stops, at
 *     least 1; empty to train for all epochs
 * @param checkpointEvery number of steps between checkpoints within an epoch; 0 for none
 * @param loaderThreads number of threads that load batches ahead of the engine, at least 1; does
 *     not affect results
 * @param accumulate number of batches whose gradients are accumulated into one step, at least 1;
 *     the last step of an epoch may have fewer
 * @param earlierEpochs number of epochs of an earlier phase; patience starts anew after them
 * @param bestBy name of the metric whose highest value marks the best epoch, or {@code loss} for
 *     the lowest loss; empty for {@code accuracy} if it is computed, or else the loss. Ties go to
 *     the lower loss.
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
   * @throws ConfigurationException if values are out of range; the message names all of them
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

  /** Returns options that shuffle, train all epochs, save after each and load with two threads. */
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

  /** Returns these options with the metric, or {@code loss}, that determines the best epoch. */
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
   * Checks that the value that determines the best epoch is computed.
   *
   * @throws ConfigurationException if it is not
   */
  public void requireMeasured(List<Metric> metrics) {
    List<String> measured = new ArrayList<>(List.of(MetricTotals.LOSS));
    metrics.forEach(metric -> measured.add(metric.name()));
    if (bestBy.isPresent() && !measured.contains(bestBy.get())) {
      throw new ConfigurationException(
          "best-by is '%s', but only %s are computed; choose one of these, or add the metric"
              .formatted(bestBy.get(), String.join(", ", measured)));
    }
  }

  private static void require(List<String> problems, String what, int value, int least) {
    if (value < least) {
      problems.add("%s must be %d or more, but is %d".formatted(what, least, value));
    }
  }
}
