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
public record NetworkOutputs(Value output, Map<String, AuxiliaryHead> auxiliaries) {
  public NetworkOutputs {
    auxiliaries = Collections.unmodifiableMap(new LinkedHashMap<>(auxiliaries));
  }

  /** One output only, as most networks have. */
  public static NetworkOutputs of(Value output) {
    return new NetworkOutputs(output, Map.of());
  }

  /** These heads and a further one. */
  public NetworkOutputs auxiliary(String name, Value value, double weight) {
    Map<String, AuxiliaryHead> more = new LinkedHashMap<>(auxiliaries);
    more.put(name, new AuxiliaryHead(value, weight));
    return new NetworkOutputs(output, more);
  }

  /** What the loss of each auxiliary head counts. */
  Map<String, Double> weights() {
    Map<String, Double> weights = new LinkedHashMap<>();
    auxiliaries.forEach((name, auxiliary) -> weights.put(name, auxiliary.weight()));
    return weights;
  }
}
