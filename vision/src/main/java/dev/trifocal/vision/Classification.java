package dev.trifocal.vision;

import dev.trifocal.error.DataException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The answer of a classifier about one image.
 *
 * @param predictions one per class, the likeliest first; among equals the class with the lower id.
 *     A model that outputs its best classes only gives no others
 */
public record Classification(List<Prediction> predictions) {
  public Classification {
    predictions = List.copyOf(predictions);
  }

  /**
   * @param probabilities one per class, in the order of their ids
   * @param classes names of the classes, or none
   */
  static Classification of(double[] probabilities, List<String> classes) {
    return new Classification(
        IntStream.range(0, probabilities.length)
            .mapToObj(id -> new Prediction(id, name(id, classes), probabilities[id]))
            .sorted(Comparator.comparingDouble(prediction -> -prediction.probability()))
            .toList());
  }

  /**
   * @param ids of the likeliest classes, the best first
   * @param probabilities of these classes; NaN where the model does not tell them
   * @param classes names of the classes, or none
   */
  static Classification of(long[] ids, double[] probabilities, List<String> classes) {
    return new Classification(
        IntStream.range(0, ids.length)
            .mapToObj(
                i -> {
                  int id = Math.toIntExact(ids[i]);
                  return new Prediction(id, name(id, classes), probabilities[i]);
                })
            .toList());
  }

  private static String name(int id, List<String> classes) {
    return id < classes.size() ? classes.get(id) : "class " + id;
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
