package dev.trifocal.transfer;

import dev.trifocal.data.Dataset;
import dev.trifocal.data.Splits;
import dev.trifocal.trainer.TrainingState;

/** Whether what a frozen front makes of a data set can be kept. */
final class FeatureCache {
  /** More than this is made anew in every step. */
  static final long MOST_BYTES = 1L << 30;

  private FeatureCache() {}

  /** Samples must be the same in each epoch, and their features must not fill the memory. */
  static boolean suits(FrozenBackbone front, TrainingState state, Splits data) {
    Dataset train = data.train();
    boolean same = train.epoch(state.checkpoint().seed(), 1) == train;
    long samples = (long) train.size() + data.validation().map(Dataset::size).orElse(0);
    return same && samples * front.elements() * Float.BYTES <= MOST_BYTES;
  }
}
