package dev.trifocal.apps.zoo;

import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.layer.Parameter;
import dev.trifocal.random.RandomStream;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.Loss;
import dev.trifocal.train.MeanSquaredError;
import dev.trifocal.train.Objective;
import dev.trifocal.train.SoftmaxCrossEntropy;
import dev.trifocal.weights.Weights;
import dev.trifocal.zoo.TrainingGraph;
import dev.trifocal.zoo.ZooModel;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * A few images of two classes for a network to learn. An image is of sixteen squares, each of one
 * brightness, so that images differ at every resolution a network looks at them. One in four is of
 * the second class; in networks that say something about each pixel, all its pixels are.
 *
 * <p>With batch norm there are eight images, and so eight values per channel where maps have shrunk
 * to 1x1; with two, all its outputs would be 1 or -1 whatever the weights, and nothing below it
 * could learn.
 */
record LearnableTask(ZooModel model, TrainingGraph training, int images) {
  private static final RandomStream STREAM = RandomStream.of(17);
  private static final int SQUARES = 4;
  private static final int CYCLE = 4;
  private static final int DRAWN = 1 << 18;

  static LearnableTask of(ZooModel model) {
    TrainingGraph training = SmallNetwork.of(model);
    return new LearnableTask(model, training, images(training.graph()));
  }

  private static int images(Graph graph) {
    boolean large = graph.node(Graph.INPUT).shape().size(1) > 100;
    boolean norms = graph.nodes().stream().anyMatch(n -> n.layer().kind().equals("BatchNorm"));
    return norms ? 8 : large ? 2 : 4;
  }

  Graph graph() {
    return training.graph();
  }

  List<Objective> objectives() {
    Loss loss = classifies() ? new SoftmaxCrossEntropy() : new MeanSquaredError();
    return training.objectives(loss);
  }

  /** The network's own first weights; in large ones the first rows again and again, for speed. */
  Weights weights() {
    Map<String, Tensor> result = new LinkedHashMap<>();
    for (Node node : graph().nodes()) {
      for (Parameter parameter : node.parameters()) {
        String name = node.name(parameter);
        result.put(name, weights(parameter, STREAM.at(name)));
      }
    }
    return new Weights(result);
  }

  private static Tensor weights(Parameter parameter, RandomStream stream) {
    Shape shape = parameter.shape();
    int row = (int) (shape.elements() / shape.size(0));
    Shape few = shape.with(0, Math.min(shape.size(0), Math.max(1, DRAWN / row)));
    Tensor drawn =
        parameter.initializer().values(stream, few, parameter.fanIn(), parameter.fanOut());
    return Tensor.floats(shape, buffer -> repeat(drawn.floats(), buffer));
  }

  private static void repeat(FloatBuffer values, FloatBuffer into) {
    while (into.hasRemaining()) {
      into.put(values.slice(0, Math.min(values.capacity(), into.remaining())));
    }
  }

  /** Pixels of 0 to 255, prepared as the network wants them. */
  Map<String, Tensor> inputs() {
    Shape shape = graph().node(Graph.INPUT).shape().batch(images);
    int channels = shape.size(1);
    int size = shape.size(2);
    Tensor batch =
        Tensor.floats(
            shape,
            buffer -> {
              for (int i = 0; i < buffer.capacity(); i++) {
                int plane = i / (size * size);
                int row = i / size % size * SQUARES / size;
                int column = i % size * SQUARES / size;
                int square = (plane * SQUARES + row) * SQUARES + column;
                buffer.put(i, prepared(STREAM.uniform(square, 0, 255), plane % channels));
              }
            });
    return Map.of(Graph.INPUT, batch);
  }

  private float prepared(double pixel, int channel) {
    Preprocessing by = model.preprocessing();
    return (float) ((pixel / by.scale() - by.mean(channel)) / by.std(channel));
  }

  Map<String, Tensor> labels() {
    return graph().outputs().keySet().stream()
        .collect(Collectors.toMap(name -> name, name -> labels(graph().output(name).shape())));
  }

  private Tensor labels(Shape output) {
    Shape shape =
        !classifies()
            ? output.batch(images)
            : output.rank() == 1 ? Shape.of(images) : output.with(0, images);
    long each = shape.elements() / images;
    long[] labels =
        LongStream.range(0, shape.elements()).map(i -> i / each % CYCLE == 0 ? 1 : 0).toArray();
    return classifies()
        ? Tensor.of(shape, labels)
        : Tensor.floats(shape, buffer -> LongStream.of(labels).forEach(buffer::put));
  }

  private boolean classifies() {
    return model.classes() > 0;
  }
}
