package dev.trifocal.datasets.augment;

import dev.trifocal.picture.Picture;
import java.util.Arrays;

/** Colours changed by a factor, in the arithmetic of Pillow and torchvision. */
interface Colors {
  /** Lighter above 1, darker below; 0 is black: {@code adjust_brightness}. */
  static Picture brightness(Picture picture, double factor) {
    return blend(new byte[size(picture)], picture, factor);
  }

  /** Above 1 farther from the mean gray, below nearer to it: {@code adjust_contrast}. */
  static Picture contrast(Picture picture, double factor) {
    byte[] gray = picture.gray().toBytes();
    long sum = 0;
    for (byte value : gray) {
      sum += value & 0xFF;
    }
    byte mean = (byte) ((double) sum / gray.length + 0.5);
    byte[] flat = new byte[size(picture)];
    Arrays.fill(flat, mean);
    return blend(flat, picture, factor);
  }

  /** More colourful above 1; 0 is gray: {@code adjust_saturation}. */
  static Picture saturation(Picture picture, double factor) {
    return picture.channels() == 1
        ? picture
        : blend(picture.gray().rgb().toBytes(), picture, factor);
  }

  /**
   * Colours go around the circle: {@code adjust_hue}.
   *
   * @param turn within [-0.5, 0.5], as a share of the circle
   */
  static Picture hue(Picture picture, double turn) {
    if (picture.channels() == 1) {
      return picture;
    }
    byte[] values = picture.toBytes();
    int shift = (int) (turn * 255);
    for (int i = 0; i < values.length; i += 3) {
      Hsv.of(values, i).turned(shift).put(values, i);
    }
    return Picture.of(picture.height(), picture.width(), picture.channels(), values);
  }

  private static Picture blend(byte[] base, Picture picture, double factor) {
    float share = (float) factor;
    byte[] values = picture.toBytes();
    for (int i = 0; i < values.length; i++) {
      int from = base[i] & 0xFF;
      float mixed = from + share * ((values[i] & 0xFF) - from);
      values[i] = (byte) Math.max(0, Math.min(255, mixed));
    }
    return Picture.of(picture.height(), picture.width(), picture.channels(), values);
  }

  private static int size(Picture picture) {
    return picture.height() * picture.width() * picture.channels();
  }
}
