package dev.trifocal.testkit.reference;

import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.LossGraph;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.weights.Weights;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The reference implementation: a graph with weights, computed by simple loops. */
public record Reference(Graph graph, Map<String, ReferenceArray> weights) {
  public Reference {
    weights = Map.copyOf(weights);
  }

  public static Reference of(Graph graph, Weights weights) {
    return new Reference(graph, arrays(weights.tensors()));
  }

  /** Converts tensors to double precision. */
  public static Map<String, ReferenceArray> arrays(Map<String, Tensor> tensors) {
    Map<String, ReferenceArray> result = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> result.put(name, ReferenceArray.of(tensor)));
    return result;
  }

  /** Returns this reference with one weight replaced. */
  public Reference with(String name, ReferenceArray weight) {
    Map<String, ReferenceArray> changed = new HashMap<>(weights);
    changed.put(name, weight);
    return new Reference(graph, changed);
  }

  /**
   * Computes the outputs in evaluation mode.
   *
   * @param inputs the inputs by path, {@code [N, ...]}
   * @return the outputs by name
   */
  public Map<String, ReferenceArray> run(Map<String, ReferenceArray> inputs) {
    return pass(inputs, batch(inputs), Optional.empty()).outputs();
  }

  /** Runs a forward pass in training mode, with batch statistics and dropout masks. */
  public ForwardResult train(Map<String, ReferenceArray> inputs, TrainingStep training) {
    return pass(inputs, batch(inputs), Optional.of(training));
  }

  /** Returns the loss of a training step: the weighted sum of the plan's losses. */
  public double loss(
      TrainingPlan plan,
      Map<String, ReferenceArray> inputs,
      Map<String, Tensor> labels,
      TrainingStep training) {
    LossGraph loss = LossGraph.of(graph, plan.objectives());
    int batch = batch(inputs);
    Map<String, ReferenceArray> all = new HashMap<>(inputs);
    all.putAll(arrays(loss.encode(labels, batch)));
    ForwardResult result =
        new Reference(loss.graph(), weights).pass(all, batch, Optional.of(training));
    return result.outputs().get(LossGraph.LOSS).values()[0];
  }

  /** Returns the number of samples; 1 for a graph without inputs. */
  private static int batch(Map<String, ReferenceArray> inputs) {
    return inputs.values().stream().findFirst().map(a -> a.shape().size(0)).orElse(1);
  }

  private ForwardResult pass(
      Map<String, ReferenceArray> inputs, int batch, Optional<TrainingStep> training) {
    Map<String, ReferenceArray> values = new HashMap<>(inputs);
    Map<String, ReferenceArray> statistics = new LinkedHashMap<>();
    for (Node node : graph.nodes()) {
      if (!values.containsKey(node.path())) {
        List<ReferenceArray> read = node.inputs().stream().map(values::get).toList();
        Optional<TrainingStep> mode = training.filter(t -> !node.frozen());
        NodeContext context = new NodeContext(node, batch, read, weights, mode, statistics);
        values.put(node.path(), node.layer().accept(new ReferenceLayers(), context));
      }
    }
    Map<String, ReferenceArray> outputs = new LinkedHashMap<>();
    graph.outputs().forEach((name, path) -> outputs.put(name, values.get(path)));
    return new ForwardResult(outputs, statistics);
  }
}
