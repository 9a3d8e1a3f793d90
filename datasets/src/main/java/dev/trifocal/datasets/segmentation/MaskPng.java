package dev.trifocal.datasets.segmentation;

import dev.trifocal.datasets.image.ImageFile;
import dev.trifocal.image.Image;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.util.List;

/** Encodes masks as PNG files whose palette indices are class ids. */
public final class MaskPng {
  private static final int SIZE = 256;

  private MaskPng() {}

  /**
   * Encodes a mask.
   *
   * @param mask class ids as a gray image
   * @param colours the colours of the class ids, 0xRRGGBB; ids without a colour get that of void
   */
  public static byte[] encode(Image mask, List<Integer> colours) {
    byte[] red = new byte[SIZE];
    byte[] green = new byte[SIZE];
    byte[] blue = new byte[SIZE];
    for (int id = 0; id < SIZE; id++) {
      int colour = id < colours.size() ? colours.get(id) : ClassColours.VOID;
      red[id] = (byte) (colour >> 16);
      green[id] = (byte) (colour >> 8);
      blue[id] = (byte) colour;
    }
    byte[] ids = mask.toBytes();
    BufferedImage image =
        new BufferedImage(
            new IndexColorModel(Byte.SIZE, SIZE, red, green, blue),
            Raster.createInterleavedRaster(
                new DataBufferByte(ids, ids.length),
                mask.width(),
                mask.height(),
                mask.width(),
                1,
                new int[] {0},
                null),
            false,
            null);
    return ImageFile.encoded(image, "png");
  }
}
