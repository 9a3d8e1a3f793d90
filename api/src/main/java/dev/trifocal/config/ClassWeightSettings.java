package dev.trifocal.config;

import dev.trifocal.data.Dataset;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.train.ClassWeights;
import java.util.List;

/**
 * What each class counts in the loss.
 *
 * @param weights one for each class where they are given
 */
public record ClassWeightSettings(Choice choice, List<Double> weights) {
  /** Where weights come from. */
  public enum Choice {
    /** All count the same. */
    NONE,
    /** From how often each class occurs. */
    BALANCED,
    /** From the setting. */
    GIVEN
  }

  /** All classes count the same. */
  public static final ClassWeightSettings NONE = new ClassWeightSettings(Choice.NONE, List.of());

  public ClassWeightSettings {
    weights = List.copyOf(weights);
  }

  /**
   * The weights for a data set; empty if all classes count the same.
   *
   * @throws ConfigurationException if there are not as many weights as classes
   * @throws dev.trifocal.error.DataException if weights are to be balanced and a class is missing
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
