package dev.trifocal.train;

import dev.trifocal.error.ConfigurationException;
import dev.trifocal.error.DataException;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.DataType;
import dev.trifocal.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Softmax and negative log-likelihood, {@code torch.nn.CrossEntropyLoss}. Outputs {@code [N, K]} or
 * per pixel {@code [N, K, H, W]}; labels are int64 class ids without the class axis, or float32
 * distributions of the output's shape.
 *
 * @param labelSmoothing share of the label that is spread over all K classes, the true one too
 * @param classWeights one per class, or empty; with class ids the mean is weighted by them
 * @param ignoreIndex the class id of labels that count for nothing
 */
public record SoftmaxCrossEntropy(
    double labelSmoothing, List<Double> classWeights, OptionalLong ignoreIndex) implements Loss {

  public SoftmaxCrossEntropy {
    classWeights = List.copyOf(classWeights);
    if (!(labelSmoothing >= 0 && labelSmoothing <= 1)) {
      throw new ConfigurationException(
          "label smoothing must be within [0, 1], but is " + labelSmoothing);
    }
  }

  public SoftmaxCrossEntropy() {
    this(0, List.of(), OptionalLong.empty());
  }

  public SoftmaxCrossEntropy labelSmoothing(double value) {
    return new SoftmaxCrossEntropy(value, classWeights, ignoreIndex);
  }

  public SoftmaxCrossEntropy classWeights(List<Double> values) {
    return new SoftmaxCrossEntropy(labelSmoothing, values, ignoreIndex);
  }

  public SoftmaxCrossEntropy ignoreIndex(long id) {
    return new SoftmaxCrossEntropy(labelSmoothing, classWeights, OptionalLong.of(id));
  }

  @Override
  public Target target(Shape output, Tensor labels) {
    if (output.rank() < 2) {
      throw new DataException("cross-entropy needs logits [N, K, ...], but they are " + output);
    }
    int classes = output.size(1);
    if (!classWeights.isEmpty() && classWeights.size() != classes) {
      throw new DataException(
          "cross-entropy has %d class weights for %d classes"
              .formatted(classWeights.size(), classes));
    }
    if (labels.type() == DataType.INT64 && labels.shape().equals(withoutClasses(output))) {
      return ofIds(output, labels);
    }
    if (labels.type() == DataType.FLOAT32 && labels.shape().equals(output)) {
      return ofShares(output, labels);
    }
    throw new DataException(
        "cross-entropy needs class ids (int64) of shape %s or distributions (float32) of shape %s,"
                .formatted(withoutClasses(output), output)
            + " but labels are "
            + labels);
  }

  @Override
  public double sum(Tensor output, Tensor target) {
    int classes = output.shape().size(1);
    int pixels = pixels(output.shape());
    FloatBuffer z = output.floats();
    FloatBuffer t = target.floats();
    double sum = 0;
    for (int n = 0; n < output.shape().size(0); n++) {
      for (int p = 0; p < pixels; p++) {
        int first = n * classes * pixels + p;
        sum += ofPixel(z, t, first, classes, pixels);
      }
    }
    return sum;
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.softmaxCrossEntropy(this);
  }

  private static double ofPixel(FloatBuffer z, FloatBuffer t, int first, int classes, int stride) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < classes; k++) {
      double logit = z.get(first + k * stride);
      if (Double.isNaN(logit)) {
        return Double.NaN;
      }
      largest = Math.max(largest, logit);
    }
    double exponentials = 0;
    for (int k = 0; k < classes; k++) {
      exponentials += Math.exp(z.get(first + k * stride) - largest);
    }
    double logSum = largest + Math.log(exponentials);
    double sum = 0;
    for (int k = 0; k < classes; k++) {
      double share = t.get(first + k * stride);
      sum += share == 0 ? 0 : share * (logSum - z.get(first + k * stride));
    }
    return sum;
  }

  private Target ofIds(Shape output, Tensor labels) {
    int classes = output.size(1);
    int pixels = pixels(output);
    long[] ids = labels.toLongs();
    double[] total = {0};
    Tensor values =
        Tensor.floats(
            output,
            buffer -> {
              for (int i = 0; i < ids.length; i++) {
                if (ignoreIndex.isPresent() && ids[i] == ignoreIndex.getAsLong()) {
                  continue;
                }
                int id = requireId(ids[i], i, classes);
                int first = i / pixels * classes * pixels + i % pixels;
                for (int k = 0; k < classes; k++) {
                  double share = (k == id ? 1 - labelSmoothing : 0) + labelSmoothing / classes;
                  buffer.put(first + k * pixels, (float) (share * weight(k)));
                }
                total[0] += weight(id);
              }
            });
    return new Target(values, total[0]);
  }

  private Target ofShares(Shape output, Tensor labels) {
    int classes = output.size(1);
    int pixels = pixels(output);
    FloatBuffer given = labels.floats();
    Tensor values =
        Tensor.floats(
            output,
            buffer -> {
              for (int i = 0; i < buffer.capacity(); i++) {
                double share = given.get(i) * (1 - labelSmoothing) + labelSmoothing / classes;
                buffer.put(i, (float) (share * weight(i / pixels % classes)));
              }
            });
    return new Target(values, (double) output.size(0) * pixels);
  }

  private double weight(int id) {
    return classWeights.isEmpty() ? 1 : classWeights.get(id);
  }

  private static int requireId(long id, int index, int classes) {
    if (id < 0 || id >= classes) {
      throw new DataException(
          "label %d is %d, but the model has %d classes (0 to %d)"
              .formatted(index, id, classes, classes - 1));
    }
    return (int) id;
  }

  private static Shape withoutClasses(Shape output) {
    List<Integer> sizes = new ArrayList<>(output.sizes());
    sizes.remove(1);
    return new Shape(sizes);
  }

  private static int pixels(Shape output) {
    int pixels = 1;
    for (int axis = 2; axis < output.rank(); axis++) {
      pixels *= output.size(axis);
    }
    return pixels;
  }
}
