package dev.trifocal.datasets.image;

import dev.trifocal.image.Image;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.stream.IntStream;

/** Wraps bytes as the image type of Java's readers and writers. */
final class BufferedImages {
  private BufferedImages() {}

  /**
   * Returns an image backed by the bytes; reading into the image changes them. Red comes first, as
   * in files: reading into Java's default layout, in which blue comes first, takes 50 % longer.
   *
   * @param values the pixels, {@code [height, width, channels]}
   */
  static BufferedImage over(int height, int width, int channels, byte[] values) {
    WritableRaster raster =
        Raster.createInterleavedRaster(
            new DataBufferByte(values, values.length),
            width,
            height,
            channels * width,
            channels,
            IntStream.range(0, channels).toArray(),
            null);
    int colours = channels == 1 ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB;
    ComponentColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(colours),
            false,
            false,
            Transparency.OPAQUE,
            DataBuffer.TYPE_BYTE);
    return new BufferedImage(model, raster, false, null);
  }

  static BufferedImage of(Image image) {
    return over(image.height(), image.width(), image.channels(), image.toBytes());
  }
}
