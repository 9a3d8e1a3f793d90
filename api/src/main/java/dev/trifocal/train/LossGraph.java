package dev.trifocal.train;

import dev.trifocal.error.ConfigurationException;
import dev.trifocal.error.DataException;
import dev.trifocal.error.GraphException;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.GraphBuilder;
import dev.trifocal.graph.Node;
import dev.trifocal.graph.Value;
import dev.trifocal.layer.Divide;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A network followed by its objectives: the graph that engines differentiate in a training step.
 *
 * @param network the network without objectives
 * @param graph the network with objectives; its outputs are those of the network and {@link #LOSS},
 *     the weighted sum of the terms
 * @param labels the inputs of {@code graph} that the network does not have
 * @param terms one term per objective, in their order
 */
public record LossGraph(Graph network, Graph graph, List<LabelInput> labels, List<LossTerm> terms) {
  /** The name of the output with the loss of the batch, a scalar. */
  public static final String LOSS = "loss.total";

  private static final String SCOPE = "loss";

  public LossGraph {
    labels = List.copyOf(labels);
    terms = List.copyOf(terms);
  }

  /**
   * Builds the objectives behind a network.
   *
   * @throws GraphException if an objective reads an output that does not exist, does not suit it,
   *     or does not end in a scalar that depends on the network
   * @throws ConfigurationException if there are no objectives
   */
  public static LossGraph of(Graph network, List<Objective> objectives) {
    if (objectives.isEmpty()) {
      throw new ConfigurationException(network.name() + ": has no objective to train for");
    }
    GraphBuilder builder = GraphBuilder.of(network);
    List<LabelInput> labels = new ArrayList<>();
    List<LossTerm> terms = new ArrayList<>();
    List<Value> weighted = new ArrayList<>();
    for (Objective objective : objectives) {
      String scope = scope(builder, SCOPE + "." + objective.output());
      LossGraphBuilder one = new LossGraphBuilder(network, builder, scope);
      Value loss = loss(network, objective, one);
      labels.addAll(one.labels());
      terms.add(term(network, objective, loss, builder));
      weighted.add(objective.weight() == 1 ? loss : loss.times(objective.weight()));
    }
    Value total = weighted.stream().reduce((a, b) -> a.plus(b)).orElseThrow().within(SCOPE);
    Graph graph = builder.output(LOSS, total).graph();
    requireUnchangedWeights(network, graph);
    return new LossGraph(network, graph, labels, terms);
  }

  /** Returns the trainable parameters that the loss depends on: those with gradients. */
  public Map<String, Shape> reachedShapes() {
    return graph.keep(Set.of(LOSS)).trainableShapes();
  }

  /**
   * Encodes labels as inputs of {@link #graph}.
   *
   * @param given labels of a batch by name
   * @param batch number of samples
   * @return inputs by the path of the input node
   * @throws DataException if labels are missing or do not suit the outputs
   */
  public Map<String, Tensor> encode(Map<String, Tensor> given, int batch) {
    Map<String, Tensor> result = new LinkedHashMap<>();
    for (LabelInput input : labels) {
      Tensor label = given.get(input.label());
      if (label == null) {
        throw new DataException(
            "%s: labels '%s' are missing; there are %s"
                .formatted(network.name(), input.label(), given.keySet()));
      }
      result.put(input.path(), input.encoding().encode(input.output().batch(batch), label));
    }
    return result;
  }

  /**
   * Returns the graph for evaluation on a whole data set, with the network's outputs and the parts
   * of each term that {@link LossMean} sums.
   */
  public Graph measured() {
    Map<String, String> outputs = new LinkedHashMap<>(network.outputs());
    terms.forEach(term -> outputs.putAll(term.outputs()));
    return new Graph(network.name(), graph.nodes(), outputs);
  }

  private static Value loss(Graph network, Objective objective, LossGraphBuilder drawing) {
    network.output(objective.output());
    Value loss;
    try {
      loss = objective.loss().of(new LossInputs(drawing, objective.output(), objective.output()));
    } catch (GraphException e) {
      throw new GraphException(
          "%s cannot be built: %s".formatted(description(network, objective), e.getMessage()), e);
    }
    if (loss == null || loss.batched() || loss.shape().rank() > 0) {
      throw new GraphException(
          "%s must be a scalar for the batch, but is %s; end it with mean() or sum()"
              .formatted(
                  description(network, objective),
                  loss == null
                      ? "null"
                      : loss.batched() ? loss.shape() + " for each sample" : loss.shape()));
    }
    return loss;
  }

  /**
   * A term that ends in a division by something that depends only on labels is a weighted mean.
   * Over several batches, its sum and weight are accumulated separately, so that it does not depend
   * on the batch sizes.
   */
  private static LossTerm term(
      Graph network, Objective objective, Value loss, GraphBuilder builder) {
    Map<String, Node> nodes = new LinkedHashMap<>();
    builder.nodes().forEach(node -> nodes.put(node.path(), node));
    Set<String> own = new HashSet<>();
    network.nodes().forEach(node -> own.add(node.path()));
    if (!reads(nodes, loss.path(), own)) {
      throw new GraphException(
          "%s does not use any output of the network, so nothing would be trained"
              .formatted(description(network, objective)));
    }
    Node last = nodes.get(loss.path());
    boolean ratio = last.layer().equals(new Divide()) && !reads(nodes, last.inputs().get(1), own);
    return new LossTerm(
        objective,
        ratio ? last.inputs().get(0) : last.path(),
        ratio ? Optional.of(last.inputs().get(1)) : Optional.empty());
  }

  private static String description(Graph network, Objective objective) {
    Class<?> type = objective.loss().getClass();
    return "%s: the loss on output '%s'%s"
        .formatted(
            network.name(),
            objective.output(),
            type.isSynthetic() ? "" : " (" + type.getSimpleName() + ")");
  }

  private static boolean reads(Map<String, Node> nodes, String from, Set<String> targets) {
    return targets.contains(from)
        || nodes.get(from).inputs().stream().anyMatch(input -> reads(nodes, input, targets));
  }

  private static String scope(GraphBuilder builder, String wanted) {
    String result = wanted;
    for (int count = 2; builder.has(result); count++) {
      result = wanted + "_" + count;
    }
    return result;
  }

  private static void requireUnchangedWeights(Graph network, Graph graph) {
    Map<String, Shape> more = new LinkedHashMap<>(graph.weightShapes());
    more.keySet().removeAll(network.weightShapes().keySet());
    if (!more.isEmpty()) {
      throw new GraphException(
          "%s: a loss must not have parameters, but has %s; move them to the network and make the value an output"
              .formatted(network.name(), more.keySet()));
    }
  }
}
