package dev.trifocal.apps.report.training;

import dev.trifocal.datasets.image.ImageFile;
import dev.trifocal.image.Image;
import java.awt.image.BufferedImage;
import java.util.Base64;

/**
 * A small image embedded in the page as a data URI.
 *
 * @param small whether to show its pixels without smoothing
 */
record Thumbnail(String uri, int width, int height, boolean small) {
  private static final int LONGEST = 240;
  private static final int SMALL = 96;

  static Thumbnail of(Image image) {
    int side = Math.max(image.height(), image.width());
    if (side <= SMALL) {
      return of(image, "png", "image/png", true);
    }
    double scale = Math.min(1, (double) LONGEST / side);
    Image fitted =
        image.resize(
            Math.max(1, (int) Math.round(image.height() * scale)),
            Math.max(1, (int) Math.round(image.width() * scale)));
    return of(fitted, "jpeg", "image/jpeg", false);
  }

  private static Thumbnail of(Image picture, String format, String type, boolean small) {
    String text = Base64.getEncoder().encodeToString(ImageFile.encoded(image(picture), format));
    return new Thumbnail(
        "data:%s;base64,%s".formatted(type, text), picture.width(), picture.height(), small);
  }

  /** Converts an image to a {@link BufferedImage}. */
  static BufferedImage image(Image picture) {
    Image colours = picture.rgb();
    int width = colours.width();
    BufferedImage image = new BufferedImage(width, colours.height(), BufferedImage.TYPE_INT_RGB);
    byte[] values = colours.toBytes();
    for (int i = 0; i < width * colours.height(); i++) {
      int red = values[3 * i] & 0xFF;
      int green = values[3 * i + 1] & 0xFF;
      int blue = values[3 * i + 2] & 0xFF;
      image.setRGB(i % width, i / width, red << 16 | green << 8 | blue);
    }
    return image;
  }
}
