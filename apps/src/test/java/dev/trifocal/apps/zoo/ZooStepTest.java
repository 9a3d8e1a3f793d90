package dev.trifocal.apps.zoo;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.trifocal.apps.engine.FoundBackends;
import dev.trifocal.backend.Backend;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.TrainingSession;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import dev.trifocal.layer.Layer;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.testkit.MaxDeviation;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.Schedule;
import dev.trifocal.train.Sgd;
import dev.trifocal.train.SoftmaxCrossEntropy;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.weights.Weights;
import dev.trifocal.zoo.ModelOptions;
import dev.trifocal.zoo.TrainingGraph;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** One network of each family makes the training step that PyTorch makes. */
class ZooStepTest {
  private static final double LOSS = 1e-5;
  private static final double CHANGE = 1e-4;

  private final List<Backend> backends = FoundBackends.all();

  @TestFactory
  Stream<DynamicContainer> a_training_step_is_PyTorchs() {
    return GoldenNetwork.all("steps").stream()
        .map(one -> dynamicContainer(one.name(), Stream.of(one).flatMap(this::tests)));
  }

  private Stream<DynamicTest> tests(GoldenNetwork one) {
    TrainingGraph training = trainingGraph(one);
    NamedRandomWeights source = one.weights(0);
    Checkpoint start =
        Checkpoint.start(training.graph(), source.of(training.graph()), GoldenNetwork.SEED);
    Tensor images = one.weights(one.tensor("attempt").toLongs()[0]).image(one.batch());
    double rate = one.tensor("rate").floats().get(0);
    TrainingPlan plan =
        new TrainingPlan(
            training.objectives(new SoftmaxCrossEntropy()), Sgd.of(rate), new Schedule.Constant());
    return backends.stream()
        .map(b -> dynamicTest(b.name(), () -> steps(b, plan, start, images, one)));
  }

  /**
   * VGG without its two large dense layers, FCN with its two largest convolutions frozen, and deep
   * networks also with their norms frozen; {@code zoo/golden/steps.py} says why.
   */
  private static TrainingGraph trainingGraph(GoldenNetwork one) {
    TrainingGraph whole =
        one.model().trainingGraph(one.batch().sample(), ModelOptions.of(one.classes()));
    return switch (one.name()) {
      case "vgg11-bn" ->
          new TrainingGraph(
              whole
                  .graph()
                  .withHead(
                      one.model().features().orElseThrow(),
                      v -> v.then("classifier", Layer.dense(one.classes()))),
              Map.of());
      case "fcn8s" -> new TrainingGraph(whole.graph().freeze("fc6", "fc7"), Map.of());
      default ->
          one.name().endsWith(" frozen")
              ? new TrainingGraph(whole.graph().freeze(norms(whole.graph())), whole.auxiliaries())
              : whole;
    };
  }

  private static String[] norms(Graph graph) {
    return graph.nodes().stream()
        .filter(node -> node.layer().kind().equals("BatchNorm"))
        .map(Node::path)
        .toArray(String[]::new);
  }

  private static void steps(
      Backend backend, TrainingPlan plan, Checkpoint start, Tensor images, GoldenNetwork one) {
    try (TrainingSession session = backend.train(plan, start, RunOptions.DEFAULT)) {
      Map<String, Tensor> labels = labels(start.graph(), one.batch().size(0));
      double loss =
          session.step(Map.of(Graph.INPUT, images), labels, plan.optimizer().learningRate()).loss();
      MaxDeviation.require("loss", loss, one.tensor("loss").floats().get(0), LOSS);
      Weights after = session.snapshot().weights();
      one.below("change/")
          .forEach(
              (name, expected) ->
                  MaxDeviation.require(
                      "change of " + name,
                      change(start.weights().tensor(name), after.tensor(name), expected.shape()),
                      expected,
                      CHANGE));
    }
  }

  private static Map<String, Tensor> labels(Graph graph, int batch) {
    return graph.outputs().keySet().stream()
        .collect(Collectors.toMap(name -> name, name -> labels(graph.output(name).shape(), batch)));
  }

  /** The classes in turns. */
  private static Tensor labels(Shape output, int batch) {
    int classes = output.size(0);
    Shape shape =
        output.rank() == 1 ? Shape.of(batch) : Shape.of(batch, output.size(1), output.size(2));
    return Tensor.of(shape, LongStream.range(0, shape.elements()).map(i -> i % classes).toArray());
  }

  /** Of the first elements, as many as {@code shape} has. */
  private static Tensor change(Tensor before, Tensor after, Shape shape) {
    FloatBuffer from = before.floats();
    FloatBuffer to = after.floats();
    return Tensor.floats(
        shape,
        buffer -> {
          for (int i = 0; i < buffer.capacity(); i++) {
            buffer.put(i, from.get(i) - to.get(i));
          }
        });
  }
}
