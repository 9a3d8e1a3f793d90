package dev.trifocal.apps.advice;

import dev.trifocal.backend.Activations;
import dev.trifocal.backend.Backend;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.StepSize;
import dev.trifocal.config.Suggestion;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.error.GraphException;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.GraphSummary;
import dev.trifocal.shape.Shape;
import dev.trifocal.train.Sgd;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.trainer.MicroBatchFinder;
import dev.trifocal.trainer.MicroBatchFinder.MicroBatch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * The remedies for a training that takes too much memory.
 *
 * @param available the memory that the run may take, beyond what the process has now; empty for no
 *     limit
 */
record Remedies(
    Backend backend,
    Graph graph,
    StepSize size,
    TrainingPlan plan,
    RunOptions options,
    OptionalLong available) {
  /** The name of the training as it is. */
  static final String AS_IS = "as it is";

  /** Returns the names of all remedies, the training as it is first. */
  List<String> names() {
    return List.copyOf(all().keySet());
  }

  /**
   * Returns a remedy.
   *
   * @throws GraphException if the network cannot be changed like this
   * @throws ConfigurationException if the engine cannot, or there is no such remedy
   */
  Remedy remedy(String name) {
    Supplier<Remedy> found = all().get(name);
    if (found == null) {
      throw new ConfigurationException(
          "there is no remedy '%s'%s; there are %s"
              .formatted(
                  name, Suggestion.didYouMean(name, all().keySet()), String.join(", ", names())));
    }
    return found.get();
  }

  private Map<String, Supplier<Remedy>> all() {
    SmallerNetworks networks = new SmallerNetworks(graph);
    Map<String, Supplier<Remedy>> all = new LinkedHashMap<>();
    all.put(AS_IS, () -> with(AS_IS, "", graph, ""));
    all.put("accumulate", this::accumulated);
    all.put("recompute", this::recomputed);
    all.put("optimizer", this::plainOptimizer);
    all.put(
        "freeze",
        () -> redrawn("freeze", networks.frozenBase(), "needs a pretrained base (transfer)"));
    all.put("stride", () -> redrawn("stride", networks.largerStride(), "detail is lost early"));
    all.put("kernels", () -> redrawn("kernels", networks.stackedKernels(), "more layers"));
    all.put("pooling", () -> redrawn("pooling", networks.morePooling(), "detail is lost early"));
    all.put(
        "width", () -> redrawn("width", networks.halvedWidth(), "about a quarter of the weights"));
    all.put("images", () -> redrawn("images", networks.halvedImages(), "small details are lost"));
    return all;
  }

  private Remedy accumulated() {
    if (size.batchSize() == 1) {
      throw new ConfigurationException("the batch is a single sample");
    }
    StepSize smaller = size.divided(smallestPart());
    if (available.isPresent()) {
      smaller =
          new MicroBatchFinder(backend, options, plan, graph, 1)
              .largest(size, available.getAsLong())
              .map(MicroBatch::size)
              .filter(found -> !found.equals(size))
              .orElse(smaller);
    }
    return new Remedy(
        "accumulate",
        "--batch-size %d --accumulate %d".formatted(smaller.batchSize(), smaller.batches()),
        graph,
        smaller,
        plan,
        options.typicalBatchSize(smaller.batchSize()),
        GraphSummary.of(graph).updatesStatistics()
            ? "same steps; batch norm sees smaller batches"
            : "same steps");
  }

  /** Returns the least number of equal parts above one that the batch can be divided into. */
  private int smallestPart() {
    int parts = 2;
    while (size.batchSize() % parts != 0) {
      parts++;
    }
    return parts;
  }

  private Remedy recomputed() {
    RunOptions recomputing = options.activations(Activations.RECOMPUTE);
    if (options.activations() == Activations.RECOMPUTE) {
      throw new ConfigurationException("activations are recomputed already");
    }
    if (!backend.name().equals("onnx")) {
      throw new ConfigurationException("only backend onnx recomputes");
    }
    return new Remedy(
        "recompute", "--recompute", graph, size, plan, recomputing, "same numbers, more time");
  }

  private Remedy plainOptimizer() {
    if (plan.optimizer().slots().isEmpty()) {
      throw new ConfigurationException("the optimizer keeps no state");
    }
    TrainingPlan plain = plan.optimizer(Sgd.of(plan.optimizer().learningRate()));
    return new Remedy(
        "optimizer",
        "--optimizer sgd",
        graph,
        size,
        plain,
        options,
        "needs another learning rate, more epochs");
  }

  private Remedy redrawn(String name, SmallerNetworks.Redrawn network, String cost) {
    Shape before = graph.output(Graph.OUTPUT).shape();
    Shape after = network.graph().output(Graph.OUTPUT).shape();
    boolean sameOutput = after.equals(before);
    return with(
        name, network.change(), network.graph(), sameOutput ? cost : "the output becomes " + after);
  }

  private Remedy with(String name, String change, Graph network, String cost) {
    return new Remedy(name, change, network, size, plan, options, cost);
  }
}
