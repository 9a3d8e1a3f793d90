package dev.trifocal.vision;

import dev.trifocal.error.DataException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The classes predicted for one image.
 *
 * @param predictions one per class, the most likely first and the lower id first on ties; only the
 *     best classes if the model outputs no others
 */
public record Classification(List<Prediction> predictions) {
  public Classification {
    predictions = List.copyOf(predictions);
  }

  /**
   * @param probabilities one per class, in the order of the ids
   * @param classes class names; may be empty
   */
  static Classification of(double[] probabilities, List<String> classes) {
    return new Classification(
        IntStream.range(0, probabilities.length)
            .mapToObj(id -> new Prediction(id, name(id, classes), probabilities[id]))
            .sorted(Comparator.comparingDouble(prediction -> -prediction.probability()))
            .toList());
  }

  /**
   * @param ids ids of the most likely classes; the most likely first without probabilities
   * @param probabilities probabilities of these classes; NaN if the model does not output them
   * @param classes class names; may be empty
   */
  static Classification of(long[] ids, double[] probabilities, List<String> classes) {
    return new Classification(
        IntStream.range(0, ids.length)
            .mapToObj(
                i -> {
                  int id = Math.toIntExact(ids[i]);
                  return new Prediction(id, name(id, classes), probabilities[i]);
                })
            .sorted(Comparator.comparingDouble(prediction -> -prediction.probability()))
            .toList());
  }

  private static String name(int id, List<String> classes) {
    return id < classes.size() ? classes.get(id) : "class " + id;
  }

  /** Returns the most likely class. */
  public Prediction best() {
    return predictions.get(0);
  }

  /**
   * Returns the most likely classes, the most likely first.
   *
   * @param k maximum number of classes
   */
  public List<Prediction> top(int k) {
    return predictions.subList(0, Math.min(k, predictions.size()));
  }

  /**
   * Returns the classes with more than this probability, the most likely first: the answer of a
   * multi-label classifier, which may be empty.
   *
   * @param threshold probability, in [0, 1]
   */
  public List<Prediction> above(double threshold) {
    return predictions.stream().filter(prediction -> prediction.probability() > threshold).toList();
  }

  /**
   * Returns the probability of a class.
   *
   * @throws DataException if there is no class with this name
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

  /** Returns the most likely class with its probability: {@code daisy 0.9731}. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s %.4f", best().name(), best().probability());
  }
}
