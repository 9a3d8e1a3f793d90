package dev.trifocal.random;

import java.nio.charset.StandardCharsets;

/**
 * A stream of random numbers with random access: element {@code i} is a pure function of the
 * stream's key and {@code i} (SplitMix64's finalizer over a Weyl sequence: Steele, Lea and Flood,
 * "Fast splittable pseudorandom number generators", OOPSLA 2014). Streams are values; keys are
 * derived with {@code at}, for example {@code RandomStream.of(seed).at("dropout").at(step)}.
 */
public record RandomStream(long key) {
  private static final long WEYL = 0x9E3779B97F4A7C15L;

  public static RandomStream of(long seed) {
    return new RandomStream(mix(seed + WEYL));
  }

  /** The stream of a purpose or a layer path within this one. */
  public RandomStream at(String name) {
    long hash = key;
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      hash = mix(hash ^ (b & 0xFF)) + WEYL;
    }
    return new RandomStream(mix(hash ^ name.length()));
  }

  /** The stream of a step, an epoch or a sample within this one. */
  public RandomStream at(long index) {
    return new RandomStream(mix(mix(key + WEYL) ^ mix(index * WEYL + 1)));
  }

  /** 64 random bits. */
  public long bits(long index) {
    return mix(key + (index + 1) * WEYL);
  }

  /** A number in [0, 1), a multiple of 2^-24, exact as a {@code float}. */
  public float uniform(long index) {
    return (bits(index) >>> 40) * 0x1p-24f;
  }

  /** A number in [low, high). */
  public double uniform(long index, double low, double high) {
    return low + (high - low) * ((bits(index) >>> 11) * 0x1p-53);
  }

  /** A standard normal number (Box and Muller, cosine branch), the same on every platform. */
  public double gaussian(long index) {
    double radius = ((bits(2 * index) >>> 11) + 1) * 0x1p-53;
    double angle = (bits(2 * index + 1) >>> 11) * 0x1p-53;
    return StrictMath.sqrt(-2 * StrictMath.log(radius)) * StrictMath.cos(2 * Math.PI * angle);
  }

  /** A whole number in [0, bound), without bias worth speaking of for bounds below 2^31. */
  public int below(long index, int bound) {
    return (int) Math.multiplyHigh(bits(index) >>> 1, (long) bound << 1);
  }

  /** A permutation of 0 .. count-1 (Fisher and Yates). */
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
