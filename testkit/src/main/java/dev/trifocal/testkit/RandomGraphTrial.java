package dev.trifocal.testkit;

import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import dev.trifocal.random.RandomStream;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.testkit.randomgraph.RandomGraph;
import dev.trifocal.testkit.reference.FiniteDifferences;
import dev.trifocal.testkit.reference.Reference;
import dev.trifocal.testkit.reference.ReferenceArray;
import dev.trifocal.testkit.reference.TrainingStep;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.MeanSquaredError;
import dev.trifocal.train.Objective;
import dev.trifocal.train.Schedule;
import dev.trifocal.train.Sgd;
import dev.trifocal.train.SoftmaxCrossEntropy;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.weights.Weights;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A training step on a random graph, with its expected results. */
record RandomGraphTrial(RandomGraph sketch) {
  /** A large power of two, which keeps small gradients of large weights exact. */
  static final int RATE = 256;

  private static final long SEED = 7;
  private static final double NUDGE = 1e-6;
  private static final double STEADY = 2e-5;

  /**
   * The size, relative to the largest of the graph, below which a gradient is negligible. The
   * gradient of parameters that a norm cancels, such as a bias before it, is only rounding, near
   * 1e-6 of the largest.
   */
  private static final double NEGLIGIBLE = 1e-2;

  Graph graph() {
    return sketch.graph();
  }

  Checkpoint start() {
    Map<String, Tensor> weights = new LinkedHashMap<>();
    graph().weightShapes().forEach((name, shape) -> weights.put(name, weight(name, shape)));
    return Checkpoint.start(graph(), new Weights(weights), SEED);
  }

  TrainingStep training() {
    return new TrainingStep(SEED, 1);
  }

  Map<String, Tensor> inputs() {
    Map<String, Tensor> result = new LinkedHashMap<>();
    for (Node input : graph().inputs()) {
      result.put(
          input.path(),
          PracticeNetworks.noise(input.path(), 1, input.shape().batch(sketch.batch())));
    }
    return result;
  }

  /** Returns class ids for every other vector, and random numbers for other outputs. */
  Map<String, Tensor> labels() {
    Map<String, Tensor> result = new LinkedHashMap<>();
    for (String output : graph().outputs().keySet()) {
      Shape shape = graph().output(output).shape();
      result.put(
          output,
          isClassified(output)
              ? Tensor.of(Shape.of(sketch.batch()), ids(output, sketch.batch(), shape.size(0)))
              : PracticeNetworks.noise(output, 1, shape.batch(sketch.batch())));
    }
    return result;
  }

  TrainingPlan plan() {
    List<Objective> objectives = new ArrayList<>();
    for (String output : graph().outputs().keySet()) {
      double weight = 1 + 0.5 * objectives.size();
      objectives.add(
          isClassified(output)
              ? new Objective(output, new SoftmaxCrossEntropy(), weight)
              : new Objective(output, new MeanSquaredError(), weight));
    }
    return new TrainingPlan(objectives, Sgd.of(1), new Schedule.Constant());
  }

  Reference reference() {
    return Reference.of(graph(), start().weights());
  }

  Map<String, ReferenceArray> arrays() {
    return Reference.arrays(inputs());
  }

  FiniteDifferences differences() {
    return new FiniteDifferences(reference(), plan(), arrays(), labels(), training());
  }

  /** Returns the expected gradients by parameter name. */
  Map<String, ReferenceArray> gradients(FiniteDifferences slopes) {
    Map<String, ReferenceArray> result = new LinkedHashMap<>();
    graph().trainableShapes().keySet().forEach(n -> result.put(n, slopes.gradient(n)));
    return result;
  }

  /**
   * Returns whether small changes of the weights cause small changes of the outputs. Graphs that
   * amplify rounding, such as a norm of almost equal values, cannot test an engine.
   */
  boolean isSteady() {
    Map<String, Tensor> nudged = new LinkedHashMap<>();
    start().weights().tensors().forEach((name, tensor) -> nudged.put(name, nudged(name, tensor)));
    Map<String, ReferenceArray> there = Reference.of(graph(), new Weights(nudged)).run(arrays());
    Map<String, ReferenceArray> trained =
        Reference.of(graph(), new Weights(nudged)).train(arrays(), training()).outputs();
    return near(reference().run(arrays()), there)
        && near(reference().train(arrays(), training()).outputs(), trained);
  }

  /** Returns the size below which a gradient counts as zero. */
  static double floor(Collection<ReferenceArray> gradients) {
    return NEGLIGIBLE * gradients.stream().mapToDouble(RandomGraphTrial::largest).max().orElse(0);
  }

  /**
   * Returns the deviation relative to the largest expected value; NaN elements (kinks) are skipped.
   */
  static double deviation(Tensor actual, ReferenceArray expected, double floor) {
    float[] values = actual.toFloats();
    double difference = 0;
    for (int i = 0; i < values.length; i++) {
      double off = Math.abs(values[i] - expected.values()[i]);
      boolean kink = Double.isNaN(expected.values()[i]);
      difference = kink ? difference : Math.max(difference, off);
    }
    double size = Math.max(floor, largest(expected));
    return size == 0 ? difference : difference / size;
  }

  private boolean isClassified(String output) {
    Shape shape = graph().output(output).shape();
    return shape.rank() == 1 && shape.size(0) > 1 && shape.size(0) % 2 == 1;
  }

  private static boolean near(Map<String, ReferenceArray> here, Map<String, ReferenceArray> there) {
    return here.entrySet().stream()
        .allMatch(
            e ->
                MaxDeviation.of(there.get(e.getKey()).toTensor(), e.getValue().toTensor())
                    < STEADY);
  }

  private static double largest(ReferenceArray array) {
    double largest = 0;
    for (double value : array.values()) {
      largest = Double.isNaN(value) ? largest : Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  private static Tensor weight(String name, Shape shape) {
    RandomStream stream = RandomStream.of(SEED).at(name);
    double fan = (double) shape.elements() / shape.size(0);
    double bound = Math.sqrt(3 / fan);
    return ReferenceArray.fill(
            shape,
            i -> shape.rank() == 1 ? stream.uniform(i, 0.5, 1.5) : stream.uniform(i, -bound, bound))
        .toTensor();
  }

  private static Tensor nudged(String name, Tensor tensor) {
    RandomStream stream = RandomStream.of(SEED).at("nudge").at(name);
    ReferenceArray from = ReferenceArray.of(tensor);
    return ReferenceArray.fill(
            tensor.shape(), i -> from.values()[i] * (1 + NUDGE * stream.gaussian(i)))
        .toTensor();
  }

  private static long[] ids(String output, int count, int classes) {
    RandomStream stream = RandomStream.of(SEED).at("ids").at(output);
    long[] ids = new long[count];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = stream.below(i, classes);
    }
    return ids;
  }

  /** Returns the kinds of the layers, in order. */
  String name() {
    return String.join(" ", graph().nodes().stream().map(node -> node.layer().kind()).toList());
  }

  /** Returns the layers, for failure messages. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Node node : graph().nodes()) {
      text.append("%s = %s%s%n".formatted(node.path(), node.layer(), node.inputs()));
    }
    return text + "outputs " + graph().outputs() + "; ";
  }
}
