package dev.trifocal.testkit;

import dev.trifocal.graph.Drawing;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Value;
import dev.trifocal.layer.Drawable;
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
import java.util.stream.IntStream;

/**
 * One configuration of one layer, small.
 *
 * @param name under which the golden values stand
 * @param batch number of samples
 * @param inputs shapes of one sample of each input
 * @param body from the inputs to the output
 * @param frozen what to freeze, if anything
 */
public record LayerCase(
    String name, int batch, List<Shape> inputs, Body body, Optional<String> frozen) {
  /** The path of the layer under test, where it has parameters. */
  static final String LAYER = "layer";

  /** What is drawn. */
  @FunctionalInterface
  public interface Body {
    Value draw(List<Value> inputs);
  }

  public LayerCase {
    inputs = List.copyOf(inputs);
  }

  static LayerCase of(String name, Drawable layer, int... sample) {
    return of(name, List.of(Shape.of(sample)), in -> in.get(0).then(LAYER, layer));
  }

  static LayerCase of(String name, List<Shape> inputs, Body body) {
    return new LayerCase(name, 2, inputs, body, Optional.empty());
  }

  LayerCase batch(int size) {
    return new LayerCase(name, size, inputs, body, frozen);
  }

  LayerCase freeze() {
    return new LayerCase(name, batch, inputs, body, Optional.of(LAYER));
  }

  /** The layer on inputs {@code x0}, {@code x1}, ... */
  public Graph graph() {
    Drawing drawing = new Drawing(name);
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      values.add(drawing.input("x" + i, inputs.get(i)));
    }
    return finish(drawing, values);
  }

  /** The layer on learned inputs; see {@link Picture}. */
  Graph learnedGraph() {
    Drawing drawing = new Drawing(name);
    return finish(drawing, pictures().stream().map(picture -> picture.draw(drawing)).toList());
  }

  List<Picture> pictures() {
    return IntStream.range(0, inputs.size())
        .mapToObj(i -> new Picture("x" + i, inputs.get(i), batch))
        .toList();
  }

  /** The golden weights of {@link #graph}, and samples as weights of the learned inputs. */
  Weights learnedWeights(Golden golden) {
    Map<String, Tensor> weights = new LinkedHashMap<>();
    for (Picture picture : pictures()) {
      Tensor samples = golden.tensor(name + "/input/" + picture.name());
      weights.put(picture.weightName(), picture.weight(samples));
    }
    weights.putAll(golden.below(name + "/weight/"));
    return new Weights(weights);
  }

  /** What the learned graph is fed. */
  Map<String, Tensor> selectors() {
    Map<String, Tensor> selectors = new LinkedHashMap<>();
    pictures().forEach(p -> selectors.put(p.selectorName(), p.selector()));
    return selectors;
  }

  /** A step at rate 1 on half the sum of squares, the loss behind the golden gradients. */
  TrainingPlan plan(Golden golden) {
    double half = golden.tensor(name + "/target").shape().elements() / 2.0;
    Objective objective = new Objective(Graph.OUTPUT, new MeanSquaredError(), half);
    return new TrainingPlan(List.of(objective), Sgd.of(1), new Schedule.Constant());
  }

  /** The golden output of a training step. */
  Tensor trainedOutput(Golden golden) {
    String key = name + "/trained_output";
    return golden.tensor(golden.has(key) ? key : name + "/output");
  }

  /** What the case is about: the kind of its last layer. */
  String subject() {
    return graph().output(Graph.OUTPUT).layer().kind();
  }

  private Graph finish(Drawing drawing, List<Value> values) {
    Graph graph = drawing.output(Graph.OUTPUT, body.draw(values)).graph();
    return frozen.map(graph::freeze).orElse(graph);
  }

  @Override
  public String toString() {
    return name;
  }
}
