package dev.trifocal.datasets.segmentation;

import java.util.Arrays;

/**
 * What the samples of a mask file are.
 *
 * @param palette the colours of the indices, 0xRRGGBB; empty without a palette
 */
record MaskSamples(Kind kind, int[] palette) {
  private static final int MOST = 255;
  private static final int GRAY = 0x010101;

  /** Gray levels without a palette. */
  static final MaskSamples LEVELS = new MaskSamples(Kind.NUMBERS, new int[0]);

  /** Colours, 0xRRGGBB. */
  static final MaskSamples COLOURS = new MaskSamples(Kind.COLOURS, new int[0]);

  /** The kinds of samples. */
  enum Kind {
    /** Gray levels or palette indices, which may be class numbers. */
    NUMBERS,
    /** Colours. */
    COLOURS
  }

  MaskSamples {
    palette = palette.clone();
  }

  /** Returns a copy of the colours. */
  @Override
  public int[] palette() {
    return palette.clone();
  }

  /** Returns the colour of a sample, 0xRRGGBB. */
  int colour(int sample) {
    if (kind == Kind.COLOURS) {
      return sample;
    }
    return palette.length > 0 ? palette[sample] : Math.min(MOST, sample) * GRAY;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MaskSamples samples
        && samples.kind == kind
        && Arrays.equals(samples.palette, palette);
  }

  @Override
  public int hashCode() {
    return 31 * kind.hashCode() + Arrays.hashCode(palette);
  }

  @Override
  public String toString() {
    return kind + " with a palette of " + palette.length;
  }
}
