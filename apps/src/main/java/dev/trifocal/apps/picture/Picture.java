package dev.trifocal.apps.picture;

import dev.trifocal.error.DataException;
import dev.trifocal.error.FileException;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.zoo.Preprocessing;
import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * A picture on the host.
 *
 * @param planes red, green and blue, or gray alone
 */
public record Picture(List<Plane> planes) {
  /** Whether light and dark change places. */
  public enum Tone {
    AS_IS,
    INVERTED
  }

  /**
   * @throws FileException if the file cannot be read, or is no PNG, JPEG, GIF or BMP
   */
  public static Picture read(Path file) {
    try (InputStream stream = Files.newInputStream(file)) {
      BufferedImage image = ImageIO.read(stream);
      if (image == null) {
        throw new FileException(file + " is not a picture: it should be PNG, JPEG, GIF or BMP");
      }
      return of(image);
    } catch (IOException e) {
      String reason = Files.exists(file) ? e.getMessage() : "there is no such file";
      throw new FileException("%s cannot be read: %s".formatted(file, reason), e);
    }
  }

  /**
   * Float32 {@code [1, C, H, W]}: gray or in colour as asked, fitted to the size and scaled as the
   * model's training pictures were.
   *
   * @param sample {@code [C, H, W]} with 1 or 3 channels
   * @throws DataException if it has other channels, or its input is larger than what the picture is
   *     scaled to
   */
  public Tensor tensor(Shape sample, Tone tone, Preprocessing preprocessing) {
    if (sample.rank() != 3 || sample.size(0) != 1 && sample.size(0) != 3) {
      throw new DataException(
          "pictures have 1 or 3 channels, but the model reads %s; use trifocal run"
              .formatted(sample));
    }
    List<Plane> wanted = new ArrayList<>(sample.size(0) == 1 ? List.of(gray()) : colours());
    if (preprocessing.order() == Preprocessing.Order.BGR) {
      Collections.reverse(wanted);
    }
    Preparation preparation = new Preparation(preprocessing, sample.size(1), sample.size(2));
    return Tensor.floats(
        sample.batch(1),
        buffer -> {
          for (int channel = 0; channel < wanted.size(); channel++) {
            Plane plane = wanted.get(channel);
            Plane toned = tone == Tone.INVERTED ? plane.invert() : plane;
            buffer.put(preparation.values(toned, channel));
          }
        });
  }

  private static Picture of(BufferedImage image) {
    boolean plainGray = image.getRaster().getNumBands() == 1 && !isIndexed(image);
    return new Picture(plainGray ? List.of(samples(image)) : colours(image));
  }

  private static boolean isIndexed(BufferedImage image) {
    return image.getType() == BufferedImage.TYPE_BYTE_INDEXED
        || image.getType() == BufferedImage.TYPE_BYTE_BINARY;
  }

  /** Straight from the raster: getRGB would take gray for linear light and brighten it. */
  private static Plane samples(BufferedImage image) {
    WritableRaster raster = image.getRaster();
    float scale = (1 << raster.getSampleModel().getSampleSize(0)) - 1;
    float[] values =
        raster.getSamples(0, 0, image.getWidth(), image.getHeight(), 0, (float[]) null);
    for (int i = 0; i < values.length; i++) {
      values[i] /= scale;
    }
    return new Plane(image.getHeight(), image.getWidth(), values);
  }

  /** What is transparent shows white, as on paper. */
  private static List<Plane> colours(BufferedImage image) {
    int width = image.getWidth();
    int[] pixels = image.getRGB(0, 0, width, image.getHeight(), null, 0, width);
    return List.of(16, 8, 0).stream()
        .map(shift -> new Plane(image.getHeight(), width, channel(pixels, shift)))
        .toList();
  }

  private static float[] channel(int[] pixels, int shift) {
    float[] values = new float[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      float alpha = (pixels[i] >>> 24) / 255f;
      values[i] = 1 - alpha + alpha * (pixels[i] >> shift & 0xFF) / 255f;
    }
    return values;
  }

  private List<Plane> colours() {
    return planes.size() == 3 ? planes : List.of(planes.get(0), planes.get(0), planes.get(0));
  }

  /** The luma of ITU-R BT.601, as PIL and OpenCV have it. */
  private Plane gray() {
    if (planes.size() == 1) {
      return planes.get(0);
    }
    Plane red = planes.get(0);
    float[] values = new float[red.values().length];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          0.299f * red.values()[i]
              + 0.587f * planes.get(1).values()[i]
              + 0.114f * planes.get(2).values()[i];
    }
    return new Plane(red.height(), red.width(), values);
  }
}
