package dev.trifocal.zoo;

import dev.trifocal.graph.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The ends of a drawn network.
 *
 * @param output what inference is for
 * @param auxiliaries outputs that training has besides, by name
 */
public record Heads(Value output, Map<String, Auxiliary> auxiliaries) {
  public Heads {
    auxiliaries = Collections.unmodifiableMap(new LinkedHashMap<>(auxiliaries));
  }

  /** One output only, as most networks have. */
  public static Heads of(Value output) {
    return new Heads(output, Map.of());
  }

  /** These heads and a further one. */
  public Heads auxiliary(String name, Value value, double weight) {
    Map<String, Auxiliary> more = new LinkedHashMap<>(auxiliaries);
    more.put(name, new Auxiliary(value, weight));
    return new Heads(output, more);
  }

  /** What the loss of each auxiliary head counts. */
  Map<String, Double> weights() {
    Map<String, Double> weights = new LinkedHashMap<>();
    auxiliaries.forEach((name, auxiliary) -> weights.put(name, auxiliary.weight()));
    return weights;
  }
}
