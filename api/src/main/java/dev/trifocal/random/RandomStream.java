package dev.trifocal.random;

import java.nio.charset.StandardCharsets;

/**
 * An immutable stream of random numbers with random access: element {@code i} is a pure function of
 * the stream's key and {@code i}. The generator is SplitMix64's finalizer over a Weyl sequence
 * (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014).
 * Independent streams are derived with {@code at}, for example {@code
 * RandomStream.of(seed).at("dropout").at(step)}.
 */
public record RandomStream(long key) {
  private static final long WEYL = 0x9E3779B97F4A7C15L;

  public static RandomStream of(long seed) {
    return new RandomStream(mix(seed + WEYL));
  }

  /** Derives the stream for a name, such as a purpose or a layer path. */
  public RandomStream at(String name) {
    long hash = key;
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      hash = mix(hash ^ (b & 0xFF)) + WEYL;
    }
    return new RandomStream(mix(hash ^ name.length()));
  }

  /** Derives the stream for an index, such as a step, an epoch or a sample. */
  public RandomStream at(long index) {
    return new RandomStream(mix(mix(key + WEYL) ^ mix(index * WEYL + 1)));
  }

  /** Returns 64 random bits. */
  public long bits(long index) {
    return mix(key + (index + 1) * WEYL);
  }

  /** Returns a uniformly distributed multiple of 2^-24 in [0, 1). */
  public float uniform(long index) {
    return (bits(index) >>> 40) * 0x1p-24f;
  }

  /** Returns a uniformly distributed number in [low, high). */
  public double uniform(long index, double low, double high) {
    return low + (high - low) * ((bits(index) >>> 11) * 0x1p-53);
  }

  /**
   * Returns a number from the standard normal distribution (Box-Muller transform, cosine branch),
   * identical on every platform.
   */
  public double gaussian(long index) {
    double radius = ((bits(2 * index) >>> 11) + 1) * 0x1p-53;
    double angle = (bits(2 * index + 1) >>> 11) * 0x1p-53;
    return StrictMath.sqrt(-2 * StrictMath.log(radius)) * StrictMath.cos(2 * Math.PI * angle);
  }

  /** Returns an integer in [0, bound), with negligible bias. */
  public int below(long index, int bound) {
    return (int) Math.multiplyHigh(bits(index) >>> 1, (long) bound << 1);
  }

  /** Returns a random permutation of 0 to count - 1 (Fisher-Yates shuffle). */
  public int[] permutation(int count) {
    int[] result = new int[count];
    for (int i = 0; i < count; i++) {
      int j = below(i, i + 1);
      result[i] = result[j];
      result[j] = i;
    }
    return result;
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
