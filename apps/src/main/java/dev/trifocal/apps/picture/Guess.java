package dev.trifocal.apps.picture;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A class that a picture may belong to.
 *
 * @param name of the class, or {@code class 3} where there are no names
 * @param probability within [0, 1]
 */
public record Guess(String name, double probability) {
  /** The likeliest classes, the best first. */
  public static List<Guess> best(float[] logits, List<String> classes, int count) {
    return likeliest(softmax(logits), classes, count);
  }

  /** The same of probabilities. */
  static List<Guess> likeliest(double[] shares, List<String> classes, int count) {
    return IntStream.range(0, shares.length)
        .boxed()
        .sorted(Comparator.comparingDouble(id -> -shares[id]))
        .limit(count)
        .map(id -> new Guess(id < classes.size() ? classes.get(id) : "class " + id, shares[id]))
        .toList();
  }

  /** For JSON. */
  public Map<String, Object> asMap() {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("class", name);
    result.put("probability", probability);
    return result;
  }

  private static double[] softmax(float[] logits) {
    double highest = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      highest = Math.max(highest, logit);
    }
    double[] result = new double[logits.length];
    double sum = 0;
    for (int i = 0; i < logits.length; i++) {
      result[i] = Math.exp(logits[i] - highest);
      sum += result[i];
    }
    for (int i = 0; i < logits.length; i++) {
      result[i] /= sum;
    }
    return result;
  }
}
