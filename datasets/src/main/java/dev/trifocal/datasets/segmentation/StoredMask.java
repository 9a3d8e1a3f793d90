package dev.trifocal.datasets.segmentation;

import dev.trifocal.datasets.image.ImageFile;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** The pixels of a mask file as they are stored, a sample for each. */
final class StoredMask {
  private static final int RGB = 0xFFFFFF;
  private static final int GRAY = 0x010101;
  private static final int MOST = 255;

  private final int height;
  private final int width;
  private final int[] samples;
  private final MaskSamples kinds;

  private StoredMask(int height, int width, int[] samples, MaskSamples kinds) {
    this.height = height;
    this.width = width;
    this.samples = samples;
    this.kinds = kinds;
  }

  /**
   * Reads a mask. A colour file whose channels are equal everywhere is read as gray.
   *
   * @throws dev.trifocal.error.FileException if the file cannot be read, or is compressed with loss
   */
  static StoredMask read(Path file) {
    BufferedImage image = ImageFile.stored(file);
    int height = image.getHeight();
    int width = image.getWidth();
    if (image.getColorModel() instanceof IndexColorModel indexed) {
      int[] palette = new int[indexed.getMapSize()];
      indexed.getRGBs(palette);
      MaskSamples kinds =
          new MaskSamples(
              MaskSamples.Kind.NUMBERS,
              Arrays.stream(palette).map(colour -> colour & RGB).toArray());
      return new StoredMask(height, width, firstBand(image), kinds);
    }
    if (image.getRaster().getNumBands() < 3) {
      return new StoredMask(height, width, firstBand(image), MaskSamples.LEVELS);
    }
    int[] packed = image.getRGB(0, 0, width, height, null, 0, width);
    int[] colours = Arrays.stream(packed).map(colour -> colour & RGB).toArray();
    boolean gray = Arrays.stream(colours).allMatch(colour -> colour == (colour & MOST) * GRAY);
    return gray
        ? new StoredMask(
            height,
            width,
            Arrays.stream(colours).map(colour -> colour & MOST).toArray(),
            MaskSamples.LEVELS)
        : new StoredMask(height, width, colours, MaskSamples.COLOURS);
  }

  private static int[] firstBand(BufferedImage image) {
    return image.getRaster().getSamples(0, 0, image.getWidth(), image.getHeight(), 0, (int[]) null);
  }

  int height() {
    return height;
  }

  int width() {
    return width;
  }

  /** Returns the samples, row by row; not a copy. */
  int[] samples() {
    return samples;
  }

  /** Returns what the samples are. */
  MaskSamples kinds() {
    return kinds;
  }

  /** Returns the number of pixels of each sample. */
  Map<Integer, Long> counts() {
    Map<Integer, Long> result = new TreeMap<>();
    for (int sample : samples) {
      result.merge(sample, 1L, Long::sum);
    }
    return result;
  }
}
