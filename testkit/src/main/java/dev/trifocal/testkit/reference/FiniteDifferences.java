package dev.trifocal.testkit.reference;

import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.TrainingPlan;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Gradients by finite differences: the change of the reference's training loss for a small change
 * of one element of a weight or input.
 *
 * @param labels the labels of the training step
 */
public record FiniteDifferences(
    Reference reference,
    TrainingPlan plan,
    Map<String, ReferenceArray> inputs,
    Map<String, Tensor> labels,
    TrainingStep training) {
  /** The step, small to avoid kinks; the rounding error is then near 1e-10. */
  private static final double STEP = 1e-6;

  /** The difference of the two one-sided slopes, relative to the largest, that means a kink. */
  private static final double KINK = 3e-4;

  /** The difference of the two slopes that rounding may cause. */
  private static final double ROUNDING = 1e-7;

  /**
   * Returns the gradient with respect to a weight or input; NaN for elements at which the loss has
   * a kink, that is, where the one-sided slopes differ.
   *
   * @param name the name of the weight or the path of the input
   */
  public ReferenceArray gradient(String name) {
    double here = loss();
    ReferenceArray right = slopes(name, here, STEP);
    ReferenceArray left = slopes(name, here, -STEP);
    double largest = 0;
    for (double slope : right.values()) {
      largest = Math.max(largest, Math.abs(slope));
    }
    double limit = KINK * largest + ROUNDING;
    return ReferenceArray.fill(
        right.shape(),
        i -> {
          double jump = Math.abs(right.values()[i] - left.values()[i]);
          return jump > limit ? Double.NaN : (right.values()[i] + left.values()[i]) / 2;
        });
  }

  /** Returns the loss without changes. */
  public double loss() {
    return reference.loss(plan, inputs, labels, training);
  }

  private ReferenceArray slopes(String name, double here, double step) {
    return ReferenceArray.fill(value(name).shape(), i -> (loss(name, i, step) - here) / step);
  }

  private ReferenceArray value(String name) {
    ReferenceArray weight = reference.weights().get(name);
    return weight == null ? inputs.get(name) : weight;
  }

  private double loss(String name, int element, double change) {
    double[] values = value(name).values().clone();
    values[element] += change;
    ReferenceArray changed = new ReferenceArray(value(name).shape(), values);
    if (reference.weights().containsKey(name)) {
      return reference.with(name, changed).loss(plan, inputs, labels, training);
    }
    Map<String, ReferenceArray> moved = new LinkedHashMap<>(inputs);
    moved.put(name, changed);
    return reference.loss(plan, moved, labels, training);
  }
}
