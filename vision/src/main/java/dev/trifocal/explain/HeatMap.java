package dev.trifocal.explain;

import dev.trifocal.error.DataException;
import dev.trifocal.image.Image;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.DataType;
import dev.trifocal.tensor.Tensor;

/**
 * How much each part of an image adds to a score; negative where it lowers the score.
 *
 * @param values float32 {@code [H, W]}, of any size: it covers the network's input
 */
public record HeatMap(Tensor values) {
  private static final int RANK = 2;

  /** The share of the map's colours in the mixture, from half of the largest value on. */
  private static final double OPACITY = 0.6;

  private static final int BRIGHTEST = 255;

  /**
   * @throws DataException unless the values are float32 {@code [H, W]}
   */
  public HeatMap {
    if (values.type() != DataType.FLOAT32 || values.shape().rank() != RANK) {
      throw new DataException("a heat map is float32 [H, W], but this is " + values);
    }
  }

  static HeatMap of(int height, int width, double... values) {
    return new HeatMap(
        Tensor.floats(
            Shape.of(height, width),
            buffer -> {
              for (double value : values) {
                buffer.put((float) value);
              }
            }));
  }

  /** Returns this map with 0 in place of negative values. */
  public HeatMap positive() {
    return new HeatMap(
        Tensor.floats(
            values.shape(),
            buffer -> {
              for (float value : values.toFloats()) {
                buffer.put(Math.max(0, value));
              }
            }));
  }

  /** Returns the largest value. */
  public double max() {
    double result = Double.NEGATIVE_INFINITY;
    for (float value : values.toFloats()) {
      result = Math.max(result, value);
    }
    return result;
  }

  /**
   * Returns a picture in gray with the positive part of this map over it in colour: from
   * transparent where the map is 0 to light yellow at its largest value.
   *
   * @param picture the part of the image that the network reads, in any size
   */
  public Image over(Image picture) {
    return over(picture, max());
  }

  /**
   * Returns a picture in gray with the positive part of this map over it in colour, so that maps
   * can be compared.
   *
   * @param picture the part of the image that the network reads, in any size
   * @param brightest value shown in light yellow, as are larger ones
   */
  public Image over(Image picture, double brightest) {
    Image heat = gray(brightest).resize(picture.height(), picture.width());
    byte[] result = picture.gray().rgb().toBytes();
    byte[] levels = heat.toBytes();
    for (int i = 0; i < levels.length; i++) {
      double level = (levels[i] & 0xFF) / (double) BRIGHTEST;
      double share = OPACITY * Math.min(1, 2 * level);
      for (int channel = 0; channel < 3; channel++) {
        int index = 3 * i + channel;
        double mixed = (1 - share) * (result[index] & 0xFF) + share * ColorScale.at(level, channel);
        result[index] = (byte) Math.round(mixed);
      }
    }
    return Image.of(picture.height(), picture.width(), 3, result);
  }

  /** Returns the positive part in gray: 255 for the brightest value and larger ones. */
  private Image gray(double brightest) {
    float[] floats = values.toFloats();
    byte[] bytes = new byte[floats.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (brightest > 0 ? Math.round(BRIGHTEST * share(floats[i] / brightest)) : 0);
    }
    return Image.of(values.shape().size(0), values.shape().size(1), 1, bytes);
  }

  private static double share(double value) {
    return Math.max(0, Math.min(1, value));
  }
}
