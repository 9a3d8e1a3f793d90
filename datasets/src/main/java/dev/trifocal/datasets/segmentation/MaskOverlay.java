package dev.trifocal.datasets.segmentation;

import dev.trifocal.image.Image;
import java.util.List;

/**
 * Draws masks over images.
 *
 * @param colours the colours of the class ids, 0xRRGGBB
 * @param opacity the share of these colours, from 0 to 1
 */
public record MaskOverlay(List<Integer> colours, double opacity) {
  private static final double HALF = 0.5;
  private static final int RGB = 3;

  public MaskOverlay {
    colours = List.copyOf(colours);
  }

  /** Returns an overlay through which the image is seen. */
  public static MaskOverlay of(List<Integer> colours) {
    return new MaskOverlay(colours, HALF);
  }

  /**
   * Returns the image in the colours of its classes.
   *
   * @param image of the size of the mask
   * @param mask class ids as a gray image
   */
  public Image of(Image image, Image mask) {
    byte[] values = image.rgb().toBytes();
    for (int pixel = 0; pixel < values.length / RGB; pixel++) {
      int id = mask.at(pixel / image.width(), pixel % image.width(), 0);
      int colour = id < colours.size() ? colours.get(id) : ClassColours.VOID;
      for (int channel = 0; channel < RGB; channel++) {
        int own = values[pixel * RGB + channel] & 0xFF;
        int other = colour >> 8 * (2 - channel) & 0xFF;
        values[pixel * RGB + channel] = (byte) Math.round(own + opacity * (other - own));
      }
    }
    return Image.of(image.height(), image.width(), RGB, values);
  }
}
