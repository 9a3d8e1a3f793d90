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

/** Bytes as the image that Java's readers and writers know. */
final class BufferedImages {
  private BufferedImages() {}

  /**
   * An image over the bytes, which reading into it changes. Red is first, as in the file: into
   * Java's usual image, which has blue first, a reader takes half as long again.
   *
   * @param values {@code [height, width, channels]}
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
