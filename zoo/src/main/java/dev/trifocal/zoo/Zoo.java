package dev.trifocal.zoo;

import dev.trifocal.error.ConfigurationException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** All models, by name. */
public final class Zoo {
  private static final int LIKELY_TYPING_ERRORS = 3;

  private static final List<ZooModel> MODELS =
      List.of(LeNet5.MODEL, MnistCnn.MODEL, ThreeConv.MODEL);

  private Zoo() {}

  /** Every model, the oldest first. */
  public static List<ZooModel> list() {
    return MODELS;
  }

  /**
   * @throws ConfigurationException if there is no model of that name; the message lists those that
   *     there are and says which one was probably meant
   */
  public static ZooModel find(String name) {
    return MODELS.stream()
        .filter(model -> model.name().equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(name));
  }

  private static ConfigurationException unknown(String name) {
    LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
    String hint =
        MODELS.stream()
            .map(ZooModel::name)
            .filter(known -> distance.apply(known, name) <= LIKELY_TYPING_ERRORS)
            .min(Comparator.comparing(known -> distance.apply(known, name)))
            .map(" (did you mean %s?)"::formatted)
            .orElse("");
    return new ConfigurationException(
        "there is no model '%s' in the zoo%s; there are %s"
            .formatted(
                name, hint, MODELS.stream().map(ZooModel::name).collect(Collectors.joining(", "))));
  }
}
