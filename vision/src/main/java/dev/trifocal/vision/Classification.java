package dev.trifocal.vision;

import dev.trifocal.error.DataException;
import dev.trifocal.tensor.Tensor;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What a classifier says of one image.
 *
 * @param predictions one per class, the likeliest first; among equals the class with the lower id
 */
public record Classification(List<Prediction> predictions) {
  public Classification {
    predictions = List.copyOf(predictions);
  }

  /**
   * @param probabilities float32 {@code [K]}
   * @param classes their names, or none
   */
  static Classification of(Tensor probabilities, List<String> classes) {
    float[] shares = probabilities.toFloats();
    return new Classification(
        IntStream.range(0, shares.length)
            .mapToObj(
                id ->
                    new Prediction(
                        id, classes.isEmpty() ? "class " + id : classes.get(id), shares[id]))
            .sorted(Comparator.comparingDouble(prediction -> -prediction.probability()))
            .toList());
  }

  /** The likeliest class. */
  public Prediction best() {
    return predictions.get(0);
  }

  /**
   * The likeliest classes, the best first.
   *
   * @param k how many; all if there are fewer
   */
  public List<Prediction> top(int k) {
    return predictions.subList(0, Math.min(k, predictions.size()));
  }

  /**
   * The probability of a class.
   *
   * @throws DataException if there is no class of that name
   */
  public double probability(String name) {
    return predictions.stream()
        .filter(prediction -> prediction.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new DataException(
                    "there is no class '%s'; the classes are %s"
                        .formatted(name, predictions.stream().map(Prediction::name).toList())))
        .probability();
  }

  /** The likeliest class: {@code daisy 0.9731}. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s %.4f", best().name(), best().probability());
  }
}
