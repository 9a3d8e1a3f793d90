package dev.trifocal.data;

import dev.trifocal.random.RandomStream;
import java.util.stream.IntStream;

/** The order of samples in an epoch, a pure function of (seed, epoch). */
public enum Shuffle {
  EACH_EPOCH {
    @Override
    public int[] order(int size, long seed, int epoch) {
      return RandomStream.of(seed).at("shuffle").at(epoch).permutation(size);
    }
  },
  NONE {
    @Override
    public int[] order(int size, long seed, int epoch) {
      return IntStream.range(0, size).toArray();
    }
  };

  /** Returns the indices of all {@code size} samples in the order of an epoch. */
  public abstract int[] order(int size, long seed, int epoch);
}
