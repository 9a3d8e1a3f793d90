package dev.trifocal.train;

import dev.trifocal.error.ConfigurationException;
import dev.trifocal.error.DataException;
import dev.trifocal.error.GraphException;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.DataType;
import dev.trifocal.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Class labels: int64 ids without the class axis, {@code [N]} or {@code [N, H, W]}, or float32
 * distributions of the output's shape, {@code [N, K]} or {@code [N, K, H, W]}. They are encoded as
 * distributions: ids become one-hot, ignored ids zero.
 *
 * @param labelSmoothing share of each label, in [0, 1], that is distributed evenly over all K
 *     classes, including the true one
 * @param classWeights factor of each class; one per class, or empty
 * @param ignoreIndex class id of labels to ignore
 */
public record ClassLabels(
    double labelSmoothing, List<Double> classWeights, OptionalLong ignoreIndex)
    implements LabelEncoding {
  /** Labels without smoothing, weights or an ignored id. */
  public static final ClassLabels PLAIN = new ClassLabels(0, List.of(), OptionalLong.empty());

  public ClassLabels {
    classWeights = List.copyOf(classWeights);
    if (!(labelSmoothing >= 0 && labelSmoothing <= 1)) {
      throw new ConfigurationException(
          "label smoothing must be within [0, 1], but is " + labelSmoothing);
    }
  }

  /** Returns these labels with another ignored id; none if it is empty. */
  ClassLabels ignoring(OptionalLong id) {
    return new ClassLabels(labelSmoothing, classWeights, id);
  }

  @Override
  public String name() {
    return "classes";
  }

  @Override
  public Shape shape(Shape output) {
    if (output.rank() < 1) {
      throw new GraphException(
          "class labels need an output with a class axis, [K, ...] for each sample, but it is "
              + output);
    }
    if (!classWeights.isEmpty() && classWeights.size() != output.size(0)) {
      throw new GraphException(
          "%d class weights were given for %d classes"
              .formatted(classWeights.size(), output.size(0)));
    }
    return output;
  }

  /**
   * Returns the encoding of the weight of each label in a mean: the weight of its class, 0 if it is
   * ignored, and 1 for distributions, as in {@code torch.nn.CrossEntropyLoss}.
   */
  public LabelEncoding weights() {
    return new ClassLabelWeights(this);
  }

  @Override
  public Tensor encode(Shape output, Tensor labels) {
    return areIds(output, labels) ? ofIds(output, labels.toLongs()) : ofShares(output, labels);
  }

  /**
   * Returns true if the labels are class ids rather than distributions.
   *
   * @throws DataException if they are neither
   */
  boolean areIds(Shape output, Tensor labels) {
    if (labels.type() == DataType.INT64 && labels.shape().equals(withoutClasses(output))) {
      return true;
    }
    if (labels.type() == DataType.FLOAT32 && labels.shape().equals(output)) {
      return false;
    }
    throw new DataException(
        "labels must be class ids (int64) of shape %s or distributions (float32) of shape %s, but are %s"
            .formatted(withoutClasses(output), output, labels));
  }

  /** Returns true if labels with this id are ignored. */
  boolean ignores(long id) {
    return ignoreIndex.isPresent() && id == ignoreIndex.getAsLong();
  }

  double weight(int id) {
    return classWeights.isEmpty() ? 1 : classWeights.get(id);
  }

  static int requireId(long id, int index, int classes) {
    if (id < 0 || id >= classes) {
      throw new DataException(
          "label %d is %d, but the model has %d classes (0 to %d)"
              .formatted(index, id, classes, classes - 1));
    }
    return (int) id;
  }

  private Tensor ofIds(Shape output, long... ids) {
    int classes = output.size(1);
    int pixels = pixels(output);
    return Tensor.floats(
        output,
        buffer -> {
          for (int i = 0; i < ids.length; i++) {
            if (ignores(ids[i])) {
              continue;
            }
            int id = requireId(ids[i], i, classes);
            int first = i / pixels * classes * pixels + i % pixels;
            for (int k = 0; k < classes; k++) {
              buffer.put(first + k * pixels, share(k == id ? 1 : 0, k, classes));
            }
          }
        });
  }

  private Tensor ofShares(Shape output, Tensor labels) {
    int classes = output.size(1);
    int pixels = pixels(output);
    FloatBuffer given = labels.floats();
    return Tensor.floats(
        output,
        buffer -> {
          for (int i = 0; i < buffer.capacity(); i++) {
            buffer.put(i, share(given.get(i), i / pixels % classes, classes));
          }
        });
  }

  private float share(double given, int id, int classes) {
    return (float) ((given * (1 - labelSmoothing) + labelSmoothing / classes) * weight(id));
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
