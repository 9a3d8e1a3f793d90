package dev.trifocal.zoo;

import dev.trifocal.graph.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The outputs of a network.
 *
 * @param output the output for inference
 * @param auxiliaries the auxiliary heads for training, by output name
 */
public record NetworkOutputs(Value output, Map<String, AuxiliaryHead> auxiliaries) {
  public NetworkOutputs {
    auxiliaries = Collections.unmodifiableMap(new LinkedHashMap<>(auxiliaries));
  }

  /** Returns outputs without auxiliary heads. */
  public static NetworkOutputs of(Value output) {
    return new NetworkOutputs(output, Map.of());
  }

  /** Returns these outputs with an additional auxiliary head. */
  public NetworkOutputs auxiliary(String name, Value value, double weight) {
    Map<String, AuxiliaryHead> more = new LinkedHashMap<>(auxiliaries);
    more.put(name, new AuxiliaryHead(value, weight));
    return new NetworkOutputs(output, more);
  }

  /** Returns the weights of the auxiliary losses, by output name. */
  Map<String, Double> weights() {
    Map<String, Double> weights = new LinkedHashMap<>();
    auxiliaries.forEach((name, auxiliary) -> weights.put(name, auxiliary.weight()));
    return weights;
  }
}
