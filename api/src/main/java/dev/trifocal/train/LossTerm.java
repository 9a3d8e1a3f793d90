package dev.trifocal.train;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The term of an objective in the loss.
 *
 * @param sum path of the node with the term, or with its numerator if it is a weighted mean
 * @param weight path of the node with the denominator of a weighted mean
 */
public record LossTerm(Objective objective, String sum, Optional<String> weight) {
  /** Returns the paths of the outputs for {@link LossGraph#measured}, by name. */
  Map<String, String> outputs() {
    Map<String, String> result = new LinkedHashMap<>(Map.of(output(sum), sum));
    weight.ifPresent(path -> result.put(output(path), path));
    return result;
  }

  static String output(String path) {
    return "measured." + path;
  }
}
