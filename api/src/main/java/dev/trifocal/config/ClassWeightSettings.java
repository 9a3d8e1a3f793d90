package dev.trifocal.config;

import dev.trifocal.data.ClassFrequencies;
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
    /** {@link ClassWeights#balanced} of the training data. */
    BALANCED,
    /** {@link ClassWeights#medianFrequency} of the training data. */
    MEDIAN_FREQUENCY,
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
   * @throws ConfigurationException if the number of weights differs from the number of classes, or
   *     median frequencies are asked for data without a class per pixel
   * @throws dev.trifocal.error.DataException if weights are computed and a class has no labels
   */
  public List<Double> of(Dataset train) {
    int classes = train.classes().size();
    if (choice == Choice.BALANCED) {
      return ClassWeights.balanced(train.classFrequencies().labels());
    }
    if (choice == Choice.MEDIAN_FREQUENCY) {
      if (!train.isSegmentation()) {
        throw new ConfigurationException(
            "class-weights median-frequency is for data with a class per pixel, and %s has one per image; use balanced"
                .formatted(train.name()));
      }
      ClassFrequencies frequencies = train.classFrequencies();
      return ClassWeights.medianFrequency(frequencies.labels(), frequencies.labelsBeside());
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
