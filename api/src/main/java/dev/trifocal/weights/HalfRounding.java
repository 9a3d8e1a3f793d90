package dev.trifocal.weights;

import dev.trifocal.tensor.DataType;
import dev.trifocal.tensor.HalfPrecision;
import dev.trifocal.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What storing float32 weights in 16 bits does to them.
 *
 * @param weights the weights as they are read back, in float32
 * @param largest the largest difference between a finite weight and what it became, relative to the
 *     largest weight of its tensor
 * @param largestIn the tensor with this difference; empty if no weight changed
 * @param zeroed the number of weights that became 0
 */
public record HalfRounding(
    HalfPrecision format, Weights weights, double largest, String largestIn, long zeroed) {
  /**
   * Rounds weights to the nearest numbers of a format. NaN and infinities stay what they are.
   *
   * @throws dev.trifocal.error.WeightsException if a finite value is beyond the range of the format
   */
  public static HalfRounding of(Weights weights, HalfPrecision format) {
    weights.requireRange(format);
    Map<String, Tensor> rounded = new LinkedHashMap<>();
    double largest = 0;
    String largestIn = "";
    long zeroed = 0;
    for (Map.Entry<String, Tensor> entry : weights.tensors().entrySet()) {
      Tensor before = entry.getValue();
      Tensor after = rounded(before, format);
      rounded.put(entry.getKey(), after);
      if (before.type() == DataType.FLOAT32) {
        double difference = difference(before.floats(), after.floats());
        if (difference > largest) {
          largest = difference;
          largestIn = entry.getKey();
        }
        zeroed += zeroed(before.floats(), after.floats());
      }
    }
    return new HalfRounding(format, new Weights(rounded), largest, largestIn, zeroed);
  }

  private static Tensor rounded(Tensor tensor, HalfPrecision format) {
    if (tensor.type() != DataType.FLOAT32) {
      return tensor;
    }
    FloatBuffer values = tensor.floats();
    return Tensor.floats(
        tensor.shape(),
        buffer -> {
          while (buffer.hasRemaining()) {
            buffer.put(format.rounded(values.get()));
          }
        });
  }

  private static double difference(FloatBuffer before, FloatBuffer after) {
    double most = 0;
    double size = 0;
    while (before.hasRemaining()) {
      double value = before.get();
      double other = after.get();
      if (Double.isFinite(value)) {
        most = Math.max(most, Math.abs(value - other));
        size = Math.max(size, Math.abs(value));
      }
    }
    return most == 0 ? 0 : most / size;
  }

  private static long zeroed(FloatBuffer before, FloatBuffer after) {
    long count = 0;
    while (before.hasRemaining()) {
      float value = before.get();
      if (after.get() == 0 && value != 0) {
        count++;
      }
    }
    return count;
  }
}
