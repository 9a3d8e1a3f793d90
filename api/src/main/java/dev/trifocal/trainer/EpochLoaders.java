package dev.trifocal.trainer;

import dev.trifocal.data.BatchLoader;
import dev.trifocal.data.Dataset;
import java.util.Optional;

/**
 * Opens the loaders of a run's epochs. The first batches of an epoch are read while the epoch
 * before is validated and saved.
 */
final class EpochLoaders implements AutoCloseable {
  private final TrainingContext context;
  private Optional<Ahead> ahead = Optional.empty();

  /** A loader that was opened before its epoch. */
  private record Ahead(int epoch, BatchLoader loader) {}

  EpochLoaders(TrainingContext context) {
    this.context = context;
  }

  /**
   * Returns the loader of an epoch; the caller closes it.
   *
   * @param firstBatch number of batches to skip
   */
  BatchLoader open(int epoch, int firstBatch) {
    Optional<Ahead> read = ahead.filter(one -> one.epoch() == epoch && firstBatch == 0);
    if (read.isPresent()) {
      ahead = Optional.empty();
      return read.get().loader();
    }
    close();
    return loader(epoch, firstBatch);
  }

  /** Starts to read the first batches of an epoch, if the run has it. */
  void readAhead(int epoch) {
    close();
    if (epoch <= context.options().epochs()) {
      ahead = Optional.of(new Ahead(epoch, loader(epoch, 0)));
    }
  }

  @Override
  public void close() {
    ahead.ifPresent(one -> one.loader().close());
    ahead = Optional.empty();
  }

  private BatchLoader loader(int epoch, int firstBatch) {
    FitOptions options = context.options();
    long seed = context.start().checkpoint().seed();
    Dataset data = context.data().train().epoch(seed, epoch);
    int[] order = options.shuffle().order(data.size(), seed, epoch);
    return BatchLoader.open(data, order, options.batchSize(), firstBatch, options.loaderThreads());
  }
}
