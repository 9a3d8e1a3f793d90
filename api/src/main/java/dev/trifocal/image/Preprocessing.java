package dev.trifocal.image;

import dev.trifocal.error.DataException;
import dev.trifocal.layer.Affine;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Preprocessing of images for a network: the image is resized to a given shorter side and
 * center-cropped to the network's input size, and each value {@code p} in {@code [0, 255]} becomes
 * {@code (p / scale - mean) / std}.
 *
 * @param shorterSide length of the shorter side after resizing, in pixels; 0 to stretch the image
 *     to the input size
 * @param order order of the colour channels
 * @param scale first divisor of each value
 * @param mean one value per channel, or one for all
 * @param std standard deviations, one per channel or one for all
 */
public record Preprocessing(
    int shorterSide, Order order, double scale, List<Double> mean, List<Double> std) {

  /** The order of the colour channels. */
  public enum Order {
    RGB,
    /** The order used by OpenCV and Caffe. */
    BGR
  }

  /** Stretches images and scales values to {@code [0, 1]}. */
  public static final Preprocessing UNIT =
      new Preprocessing(0, Order.RGB, 255, List.of(0.0), List.of(1.0));

  /**
   * torchvision's preprocessing for ImageNet: resize to 256, normalise by the data's mean and
   * standard deviation.
   */
  public static final Preprocessing TORCHVISION =
      new Preprocessing(
          256, Order.RGB, 255, List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225));

  /**
   * Caffe's preprocessing for ImageNet: resize to 256, subtract the mean colour from unscaled BGR
   * values.
   */
  public static final Preprocessing CAFFE =
      new Preprocessing(256, Order.BGR, 1, List.of(104.0, 117.0, 123.0), List.of(1.0, 1.0, 1.0));

  /**
   * Stretches images and scales values to {@code [-1, 1]}, as many TensorFlow and Keras networks
   * do.
   */
  public static final Preprocessing SYMMETRIC =
      new Preprocessing(0, Order.RGB, 255, List.of(0.5), List.of(0.5));

  /**
   * @throws DataException if the shorter side is negative, {@code scale} or a value of {@code std}
   *     is zero or not finite, or {@code mean} or {@code std} is empty
   */
  public Preprocessing {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    if (shorterSide < 0 || !isDivisor(scale) || mean.isEmpty() || std.isEmpty()) {
      throw new DataException(
          "a preprocessing needs a shorter side of at least 0, a scale other than 0, a mean and an"
              + " std, but has %d, %s, %s and %s".formatted(shorterSide, scale, mean, std));
    }
    if (!std.stream().allMatch(Preprocessing::isDivisor)) {
      throw new DataException("std must not contain 0, but is " + std);
    }
  }

  private static boolean isDivisor(double value) {
    return value != 0 && Double.isFinite(value);
  }

  public Preprocessing shorterSide(int pixels) {
    return new Preprocessing(pixels, order, scale, mean, std);
  }

  /** Returns the value subtracted from a channel's scaled values. */
  public double mean(int channel) {
    return mean.get(channel % mean.size());
  }

  /** Returns the divisor of a channel's centred values. */
  public double std(int channel) {
    return std.get(channel % std.size());
  }

  /**
   * Returns the normalisation as a layer, for values in {@code [0, 255]} and channels in this
   * order.
   *
   * @param channels number of channels
   */
  public Affine layer(int channels) {
    return new Affine(
        IntStream.range(0, channels).mapToObj(c -> (float) (1 / (scale * std(c)))).toList(),
        IntStream.range(0, channels).mapToObj(c -> (float) (-mean(c) / std(c))).toList());
  }
}
