package dev.trifocal.image;

import dev.trifocal.error.DataException;
import dev.trifocal.layer.Affine;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a picture goes through before it reaches a network: its shorter side is scaled, the middle
 * is cut out in the size of the network's input, and each value {@code p} of {@code [0, 255]}
 * becomes {@code (p / scale - mean) / std}.
 *
 * @param shorterSide in pixels, for the input size of the source; 0 stretches the picture to the
 *     input's size
 * @param mean one per channel, or one for all
 * @param std standard deviations, as many
 */
public record Preprocessing(
    int shorterSide, Order order, double scale, List<Double> mean, List<Double> std) {

  /** Which colour is the first channel. */
  public enum Order {
    RGB,
    /** As OpenCV reads pictures, and so Caffe. */
    BGR
  }

  /** To {@code [0, 1]}, stretched. */
  public static final Preprocessing UNIT =
      new Preprocessing(0, Order.RGB, 255, List.of(0.0), List.of(1.0));

  /** torchvision's for ImageNet: 256 to 224, mean and standard deviation of the data's colours. */
  public static final Preprocessing TORCHVISION =
      new Preprocessing(
          256, Order.RGB, 255, List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225));

  /** Caffe's for ImageNet: the mean colour is taken off, values stay those of a byte. */
  public static final Preprocessing CAFFE =
      new Preprocessing(256, Order.BGR, 1, List.of(104.0, 117.0, 123.0), List.of(1.0, 1.0, 1.0));

  /** To {@code [-1, 1]}, as TensorFlow's and Keras's networks have it. */
  public static final Preprocessing SYMMETRIC =
      new Preprocessing(0, Order.RGB, 255, List.of(0.5), List.of(0.5));

  /**
   * @throws DataException if no picture can go through it: nothing to divide by, a negative size,
   *     or no number for a channel
   */
  public Preprocessing {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    if (shorterSide < 0 || !isDivisor(scale) || mean.isEmpty() || std.isEmpty()) {
      throw new DataException(
          "a preprocessing needs a shorter side of at least 0, a scale other than 0, a mean and a"
              + " deviation, but has %d, %s, %s and %s".formatted(shorterSide, scale, mean, std));
    }
    if (!std.stream().allMatch(Preprocessing::isDivisor)) {
      throw new DataException("a deviation must not be 0, but is " + std);
    }
  }

  private static boolean isDivisor(double value) {
    return value != 0 && Double.isFinite(value);
  }

  public Preprocessing shorterSide(int pixels) {
    return new Preprocessing(pixels, order, scale, mean, std);
  }

  /** What is taken off a channel's scaled values. */
  public double mean(int channel) {
    return mean.get(channel % mean.size());
  }

  /** What a channel's values are divided by then. */
  public double std(int channel) {
    return std.get(channel % std.size());
  }

  /**
   * The arithmetic as a layer, for values of {@code [0, 255]} in this order of colours.
   *
   * @param channels of the images
   */
  public Affine layer(int channels) {
    return new Affine(
        IntStream.range(0, channels).mapToObj(c -> (float) (1 / (scale * std(c)))).toList(),
        IntStream.range(0, channels).mapToObj(c -> (float) (-mean(c) / std(c))).toList());
  }
}
