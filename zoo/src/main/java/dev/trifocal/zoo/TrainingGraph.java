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
 * A network with its auxiliary heads as further outputs.
 *
 * @param auxiliaries name of the output to what its loss counts
 */
public record TrainingGraph(Graph graph, Map<String, Double> auxiliaries) {
  public TrainingGraph {
    auxiliaries = Collections.unmodifiableMap(new LinkedHashMap<>(auxiliaries));
  }

  /** The same loss on every head: once on the output, and weighed on each auxiliary. */
  public List<Objective> objectives(Loss loss) {
    List<Objective> result = new ArrayList<>();
    result.add(new Objective(Graph.OUTPUT, loss, 1));
    auxiliaries.forEach((name, weight) -> result.add(new Objective(name, loss, weight)));
    return result;
  }
}
