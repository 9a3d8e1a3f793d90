package dev.trifocal.datasets.augment;

import dev.trifocal.image.Image;
import java.util.Arrays;

/** Colour adjustments, in the arithmetic of Pillow and torchvision. */
final class Colors {
  private Colors() {}

  /** Adjusts brightness; factor 0 gives black: {@code adjust_brightness}. */
  static Image brightness(Image image, double factor) {
    return blend(new byte[size(image)], image, factor);
  }

  /** Adjusts contrast; factor 0 gives the mean gray: {@code adjust_contrast}. */
  static Image contrast(Image image, double factor) {
    byte[] gray = image.gray().toBytes();
    long sum = 0;
    for (byte value : gray) {
      sum += value & 0xFF;
    }
    byte mean = (byte) ((double) sum / gray.length + 0.5);
    byte[] flat = new byte[size(image)];
    Arrays.fill(flat, mean);
    return blend(flat, image, factor);
  }

  /** Adjusts saturation; factor 0 gives a grayscale image: {@code adjust_saturation}. */
  static Image saturation(Image image, double factor) {
    return image.channels() == 1 ? image : blend(image.gray().rgb().toBytes(), image, factor);
  }

  /**
   * Shifts the hue: {@code adjust_hue}.
   *
   * @param turn the shift as a fraction of the colour circle, within [-0.5, 0.5]
   */
  static Image hue(Image image, double turn) {
    if (image.channels() == 1) {
      return image;
    }
    byte[] values = image.toBytes();
    int shift = (int) (turn * 255);
    for (int i = 0; i < values.length; i += 3) {
      Hsv.of(values, i).turned(shift).put(values, i);
    }
    return Image.of(image.height(), image.width(), image.channels(), values);
  }

  private static Image blend(byte[] base, Image image, double factor) {
    float share = (float) factor;
    byte[] values = image.toBytes();
    for (int i = 0; i < values.length; i++) {
      int from = base[i] & 0xFF;
      float mixed = from + share * ((values[i] & 0xFF) - from);
      values[i] = (byte) Math.max(0, Math.min(255, mixed));
    }
    return Image.of(image.height(), image.width(), image.channels(), values);
  }

  private static int size(Image image) {
    return image.height() * image.width() * image.channels();
  }
}
