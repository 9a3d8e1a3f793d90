package dev.trifocal.trainer;

import dev.trifocal.data.BatchLoader;
import dev.trifocal.data.Dataset;
import java.util.Optional;

/**
 * Opens the loaders of a run's epochs. The first batches of a run are read while the engine
 * prepares it, and those of the other epochs while the epoch before is validated and saved.
 */
final class EpochLoaders implements AutoCloseable {
  private final TrainingState start;
  private final Dataset train;
  private final FitOptions options;
  private Optional<Ahead> ahead = Optional.empty();

  /** A loader that was opened before its epoch. */
  private record Ahead(int epoch, int firstBatch, BatchLoader loader) {}

  private EpochLoaders(TrainingState start, Dataset train, FitOptions options) {
    this.start = start;
    this.train = train;
    this.options = options;
  }

  /** Starts to read the first batches of a run. */
  static EpochLoaders of(TrainingState start, Dataset train, FitOptions options) {
    EpochLoaders result = new EpochLoaders(start, train, options);
    result.readAhead(start.progress().epoch(), start.progress().batch());
    return result;
  }

  /**
   * Returns the loader of an epoch; the caller closes it.
   *
   * @param firstBatch number of batches to skip
   */
  BatchLoader open(int epoch, int firstBatch) {
    Optional<Ahead> read =
        ahead.filter(one -> one.epoch() == epoch && one.firstBatch() == firstBatch);
    if (read.isPresent()) {
      ahead = Optional.empty();
      return read.get().loader();
    }
    close();
    return loader(epoch, firstBatch);
  }

  /** Starts to read the first batches of an epoch, if the run has it. */
  void readAhead(int epoch) {
    readAhead(epoch, 0);
  }

  private void readAhead(int epoch, int firstBatch) {
    close();
    if (epoch <= options.epochs()) {
      ahead = Optional.of(new Ahead(epoch, firstBatch, loader(epoch, firstBatch)));
    }
  }

  @Override
  public void close() {
    ahead.ifPresent(one -> one.loader().close());
    ahead = Optional.empty();
  }

  private BatchLoader loader(int epoch, int firstBatch) {
    long seed = start.checkpoint().seed();
    Dataset data = train.epoch(seed, epoch);
    int[] order = options.shuffle().order(data.size(), seed, epoch);
    return BatchLoader.open(data, order, options.batchSize(), firstBatch, options.loaderThreads());
  }
}
