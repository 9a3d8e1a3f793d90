package dev.trifocal.testkit;

import dev.trifocal.graph.Graph;
import dev.trifocal.graph.GraphBuilder;
import dev.trifocal.graph.Value;
import dev.trifocal.layer.LayerSpec;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.MeanSquaredError;
import dev.trifocal.train.Objective;
import dev.trifocal.train.Schedule;
import dev.trifocal.train.Sgd;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.weights.Weights;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A small test case for one configuration of a layer.
 *
 * @param name the name of its golden values
 * @param batch the number of samples
 * @param inputs the shapes of one sample of each input
 * @param body builds the output from the inputs
 * @param frozen what to freeze, if anything
 * @param taps the paths of nodes that are additional outputs
 */
public record LayerCase(
    String name,
    int batch,
    List<Shape> inputs,
    Body body,
    Optional<String> frozen,
    List<String> taps) {
  /** The path of the layer under test, where it has parameters. */
  static final String LAYER = "layer";

  /** Builds the graph under test. */
  @FunctionalInterface
  public interface Body {
    Value draw(GraphBuilder builder, List<Value> inputs);
  }

  public LayerCase {
    inputs = List.copyOf(inputs);
    taps = List.copyOf(taps);
  }

  static LayerCase of(String name, LayerSpec layer, int... sample) {
    return of(name, List.of(Shape.of(sample)), in -> in.get(0).then(LAYER, layer));
  }

  static LayerCase of(String name, List<Shape> inputs, Function<List<Value>, Value> body) {
    return built(name, inputs, (builder, in) -> body.apply(in));
  }

  /** Returns a case whose body adds its own sources to the inputs. */
  static LayerCase built(String name, List<Shape> inputs, Body body) {
    int batch = inputs.isEmpty() ? 1 : 2;
    return new LayerCase(name, batch, inputs, body, Optional.empty(), List.of());
  }

  LayerCase batch(int size) {
    return new LayerCase(name, size, inputs, body, frozen, taps);
  }

  LayerCase freeze() {
    return new LayerCase(name, batch, inputs, body, Optional.of(LAYER), taps);
  }

  LayerCase tap(String... paths) {
    return new LayerCase(name, batch, inputs, body, frozen, List.of(paths));
  }

  /** Returns the graph of the layer on inputs {@code x0}, {@code x1}, ... */
  public Graph graph() {
    GraphBuilder builder = new GraphBuilder(name);
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      values.add(builder.input("x" + i, inputs.get(i)));
    }
    return finish(builder, values);
  }

  /** Returns the graph of the layer on learnable inputs; see {@link LearnableBatch}. */
  Graph learnedGraph() {
    GraphBuilder builder = new GraphBuilder(name);
    return finish(builder, images().stream().map(image -> image.draw(builder)).toList());
  }

  List<LearnableBatch> images() {
    return IntStream.range(0, inputs.size())
        .mapToObj(i -> new LearnableBatch("x" + i, inputs.get(i), batch))
        .toList();
  }

  /**
   * Returns the golden weights of {@link #graph}, with samples as weights of the learnable inputs.
   */
  Weights learnedWeights(GoldenValues golden) {
    Map<String, Tensor> weights = new LinkedHashMap<>();
    for (LearnableBatch image : images()) {
      Tensor samples = golden.tensor(name + "/input/" + image.name());
      weights.put(image.weightName(), image.weight(samples));
    }
    weights.putAll(golden.below(name + "/weight/"));
    return new Weights(weights);
  }

  /** Returns the inputs of the learnable graph. */
  Map<String, Tensor> selectors() {
    Map<String, Tensor> selectors = new LinkedHashMap<>();
    images().forEach(p -> selectors.put(p.selectorName(), p.selector()));
    return selectors;
  }

  /** Returns a plan with rate 1 and half the sum of squares, the loss of the golden gradients. */
  TrainingPlan plan(GoldenValues golden) {
    List<Objective> objectives = new ArrayList<>();
    targets(golden)
        .forEach(
            (output, target) -> {
              double half = target.shape().elements() / 2.0;
              objectives.add(new Objective(output, new MeanSquaredError(), half));
            });
    return new TrainingPlan(objectives, Sgd.of(1), new Schedule.Constant());
  }

  /** Returns the targets of a step, by output name. */
  Map<String, Tensor> targets(GoldenValues golden) {
    return each(golden, "target");
  }

  /** Returns the golden outputs in evaluation mode, by output name. */
  Map<String, Tensor> outputs(GoldenValues golden) {
    return each(golden, "output");
  }

  /** Returns the golden outputs of a training step, by output name. */
  Map<String, Tensor> trainedOutputs(GoldenValues golden) {
    boolean differ = golden.has(name + "/trained_output");
    return each(golden, differ ? "trained_output" : "output");
  }

  /**
   * Returns the subject of the case: the kind of the layer under test, or else of the last layer;
   * for a block of more than three layers, the name of the case.
   */
  String subject() {
    Graph graph = graph();
    if (graph.nodes().size() - graph.inputs().size() > 3) {
      return name;
    }
    return graph.nodes().stream()
        .filter(node -> node.path().equals(LAYER))
        .findFirst()
        .orElseGet(() -> graph.output(Graph.OUTPUT))
        .layer()
        .kind();
  }

  private Map<String, Tensor> each(GoldenValues golden, String what) {
    Map<String, Tensor> result = new LinkedHashMap<>();
    result.put(Graph.OUTPUT, golden.tensor(name + "/" + what));
    taps.forEach(tap -> result.put(tap, golden.tensor(name + "/" + what + "." + tap)));
    return result;
  }

  private Graph finish(GraphBuilder builder, List<Value> values) {
    Graph graph = builder.output(Graph.OUTPUT, body.draw(builder, values)).graph();
    return frozen.map(graph::freeze).orElse(graph).tap(taps.toArray(String[]::new));
  }

  @Override
  public String toString() {
    return name;
  }
}
