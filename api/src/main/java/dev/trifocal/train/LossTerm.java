package dev.trifocal.train;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What one objective adds to the loss.
 *
 * @param sum path of the node that makes the term, or its numerator where it is a weighted mean
 * @param weight path of the node that makes the denominator of a weighted mean
 */
public record LossTerm(Objective objective, String sum, Optional<String> weight) {
  /** Output name to path, for {@link LossGraph#measured}. */
  Map<String, String> outputs() {
    Map<String, String> result = new LinkedHashMap<>(Map.of(output(sum), sum));
    weight.ifPresent(path -> result.put(output(path), path));
    return result;
  }

  static String output(String path) {
    return "measured." + path;
  }
}
