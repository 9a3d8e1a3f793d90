package dev.trifocal.datasets.segmentation;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The colours of classes that have none of their own: those of Pascal VOC, which distribute the
 * bits of a class id over the three channels.
 */
public final class ClassColours {
  /** The colour of void pixels in Pascal VOC. */
  public static final int VOID = 0xE0E0C0;

  private static final int BITS = 8;

  private ClassColours() {}

  /** Returns the colours of the class ids from 0 on, 0xRRGGBB. */
  public static List<Integer> of(int classes) {
    return IntStream.range(0, classes).mapToObj(ClassColours::colour).toList();
  }

  private static int colour(int id) {
    int colour = 0;
    for (int bit = 0; bit < BITS; bit++) {
      int three = id >> (3 * bit);
      for (int channel = 0; channel < 3; channel++) {
        int shift = BITS * (2 - channel) + BITS - 1 - bit;
        colour |= (three >> channel & 1) << shift;
      }
    }
    return colour;
  }
}
