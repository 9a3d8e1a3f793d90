package dev.trifocal.zoo;

import dev.trifocal.graph.Graph;
import dev.trifocal.train.Loss;
import dev.trifocal.train.Objective;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A network with its auxiliary heads as additional outputs.
 *
 * @param graph the graph with all outputs
 * @param auxiliaries the weights of the auxiliary losses, by output name
 */
public record TrainingGraph(Graph graph, Map<String, Double> auxiliaries) {
  public TrainingGraph {
    auxiliaries = Collections.unmodifiableMap(new LinkedHashMap<>(auxiliaries));
  }

  /**
   * Returns the same loss for every head: with weight 1 for the output, weighted for auxiliaries.
   */
  public List<Objective> objectives(Loss loss) {
    List<Objective> result = new ArrayList<>();
    result.add(new Objective(Graph.OUTPUT, loss, 1));
    auxiliaries.forEach(
        (name, weight) -> result.add(new Objective(name, loss, weight).auxiliary()));
    return result;
  }
}
