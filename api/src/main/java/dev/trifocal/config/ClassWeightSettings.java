package dev.trifocal.config;

import dev.trifocal.data.Dataset;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.train.ClassWeights;
import java.util.List;

/**
 * The weight of each class in the loss.
 *
 * @param weights one weight per class if {@code choice} is {@link Choice#GIVEN}
 */
public record ClassWeightSettings(Choice choice, List<Double> weights) {
  /** The source of class weights. */
  public enum Choice {
    /** Every class has weight 1. */
    NONE,
    /** Computed from the class frequencies in the training data. */
    BALANCED,
    /** Given explicitly. */
    GIVEN
  }

  /** Equal weights. */
  public static final ClassWeightSettings NONE = new ClassWeightSettings(Choice.NONE, List.of());

  public ClassWeightSettings {
    weights = List.copyOf(weights);
  }

  /**
   * Returns the class weights for a data set; empty if all classes have equal weight.
   *
   * @throws ConfigurationException if the number of weights differs from the number of classes
   * @throws dev.trifocal.error.DataException if weights are balanced and a class has no samples
   */
  public List<Double> of(Dataset train) {
    int classes = train.classes().size();
    if (choice == Choice.BALANCED) {
      return ClassWeights.balanced(train.classIds(), classes);
    }
    if (choice == Choice.GIVEN && weights.size() != classes) {
      throw new ConfigurationException(
          "class-weights has %d weights, but %s has %d classes: %s"
              .formatted(
                  weights.size(), train.name(), classes, String.join(", ", train.classes())));
    }
    return weights;
  }
}
