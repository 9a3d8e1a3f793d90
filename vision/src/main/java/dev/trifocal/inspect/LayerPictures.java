package dev.trifocal.inspect;

import dev.trifocal.datasets.inspect.ContactSheet;
import dev.trifocal.error.DataException;
import dev.trifocal.image.Image;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Contact sheets of feature maps and of kernels, nearly square. Small pictures are enlarged by
 * repeating pixels, large ones are reduced.
 */
public final class LayerPictures {
  /** The size that small pictures are enlarged to, in pixels. */
  private static final int LEGIBLE = 96;

  /** The size that large pictures are reduced to, in pixels. */
  private static final int LARGEST = 256;

  private static final int RANK = 4;
  private static final int RGB = 3;
  private static final int BRIGHTEST = 255;

  private LayerPictures() {}

  /**
   * Returns the feature maps of a sample, one picture per channel: black is the smallest value of
   * the sample, white the largest. Values that are not finite are black, and so are values that are
   * all the same.
   *
   * @param value value of a layer, float32 {@code [N, C, H, W]}
   * @param sample index in the batch
   * @throws DataException if the value has another rank or no such sample
   */
  public static Image featureMaps(Tensor value, int sample) {
    Shape shape = value.shape();
    if (shape.rank() != RANK) {
      throw new DataException(
          "a picture needs feature maps [N, C, H, W], but the value has the shape " + shape);
    }
    if (sample < 0 || sample >= shape.size(0)) {
      throw new DataException(
          "the value has the shape %s, which has no sample %d".formatted(shape, sample));
    }
    int channels = shape.size(1);
    int height = shape.size(2);
    int width = shape.size(RANK - 1);
    int pixels = height * width;
    float[] values = value.toFloats();
    int start = sample * channels * pixels;
    ValueRange range = ValueRange.of(values, start, start + channels * pixels);
    List<Image> maps = new ArrayList<>();
    for (int channel = 0; channel < channels; channel++) {
      byte[] levels = new byte[pixels];
      for (int pixel = 0; pixel < pixels; pixel++) {
        levels[pixel] = range.level(values[start + channel * pixels + pixel]);
      }
      maps.add(Image.of(height, width, 1, levels));
    }
    return sheet(maps);
  }

  /**
   * Returns whether kernels can be drawn: those of one or three channels, as of a layer that reads
   * images.
   *
   * @param weight shape of a weight
   */
  public static boolean areDrawable(Shape weight) {
    return weight.rank() == RANK && (weight.size(1) == 1 || weight.size(1) == RGB);
  }

  /**
   * Returns kernels, one picture for each, in gray or in red, green and blue: medium gray is 0, and
   * the largest magnitude of all kernels is black or white. Values that are not finite are black.
   *
   * @param weight weight of a convolution, float32 {@code [O, 1, kH, kW]} or {@code [O, 3, kH, kW]}
   * @throws DataException if the weight has another shape
   */
  public static Image kernels(Tensor weight) {
    Shape shape = weight.shape();
    if (!areDrawable(shape)) {
      throw new DataException(
          "a picture needs kernels [O, 1, kH, kW] or [O, 3, kH, kW], but the weight has the shape "
              + shape);
    }
    int channels = shape.size(1);
    int height = shape.size(2);
    int width = shape.size(RANK - 1);
    int pixels = height * width;
    float[] values = weight.toFloats();
    ValueRange range = ValueRange.of(values, 0, values.length).symmetric();
    List<Image> kernels = new ArrayList<>();
    for (int filter = 0; filter < shape.size(0); filter++) {
      byte[] levels = new byte[channels * pixels];
      for (int pixel = 0; pixel < pixels; pixel++) {
        for (int channel = 0; channel < channels; channel++) {
          int index = (filter * channels + channel) * pixels + pixel;
          levels[pixel * channels + channel] = range.level(values[index]);
        }
      }
      kernels.add(Image.of(height, width, channels, levels));
    }
    return sheet(kernels);
  }

  private static Image sheet(List<Image> images) {
    int longer = Math.max(images.get(0).height(), images.get(0).width());
    int factor = Math.max(1, LEGIBLE / longer);
    int columns = (int) Math.ceil(Math.sqrt(images.size()));
    List<List<Image>> rows = new ArrayList<>();
    for (int first = 0; first < images.size(); first += columns) {
      rows.add(
          images.subList(first, Math.min(first + columns, images.size())).stream()
              .map(image -> enlarged(image, factor))
              .toList());
    }
    return new ContactSheet(Math.min(factor * longer, LARGEST)).of(rows);
  }

  /** Repeats each pixel, so that each remains a square. */
  private static Image enlarged(Image image, int factor) {
    int height = image.height() * factor;
    int width = image.width() * factor;
    int channels = image.channels();
    byte[] bytes = new byte[height * width * channels];
    for (int i = 0; i < bytes.length; i++) {
      int pixel = i / channels;
      bytes[i] = (byte) image.at(pixel / width / factor, pixel % width / factor, i % channels);
    }
    return Image.of(height, width, channels, bytes);
  }

  /** The values that are drawn as black and as white. */
  private record ValueRange(float black, float white) {
    static ValueRange of(float[] values, int from, int to) {
      float min = Float.POSITIVE_INFINITY;
      float max = Float.NEGATIVE_INFINITY;
      for (int i = from; i < to; i++) {
        if (Float.isFinite(values[i])) {
          min = Math.min(min, values[i]);
          max = Math.max(max, values[i]);
        }
      }
      return new ValueRange(min, max);
    }

    ValueRange symmetric() {
      float largest = Math.max(Math.abs(black), Math.abs(white));
      // Any range around 0 shows kernels of zeros in gray.
      return largest > 0 ? new ValueRange(-largest, largest) : new ValueRange(-1, 1);
    }

    byte level(float value) {
      if (!Float.isFinite(value) || !(white > black)) {
        return 0;
      }
      double share = ((double) value - black) / ((double) white - black);
      return (byte) Math.round(BRIGHTEST * share);
    }
  }
}
