package dev.trifocal.apps.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.trifocal.backend.Program;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.graph.FullyConvolutional;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import dev.trifocal.graph.Value;
import dev.trifocal.layer.Layer;
import dev.trifocal.layer.Size2d;
import dev.trifocal.layer.Softmax;
import dev.trifocal.random.RandomStream;
import dev.trifocal.selection.Backends;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.weights.Weights;
import dev.trifocal.zoo.Zoo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Fully convolutional networks of the zoo, on each engine")
class ZooFullyConvolutionalTest {
  private static final double EXACT = 1e-5;

  @ParameterizedTest
  @CsvSource({
    "lenet5, onnx", "lenet5, djl", "lenet5, dl4j",
    "lenet5-original, onnx", "lenet5-original, djl", "lenet5-original, dl4j",
    "mnist-cnn, onnx", "mnist-cnn, djl", "mnist-cnn, dl4j"
  })
  void images_of_the_own_size_get_the_scores_of_the_classifier(String name, String backend) {
    Graph classifier = Zoo.find(name).graph();
    Weights weights = classifier.initialWeights(1);
    FullyConvolutional network = classifier.fullyConvolutional();
    Tensor images = images(classifier.inputs().get(0).shape().batch(3));
    Tensor scores = run(backend, network.graph(), network.weights(weights), images);
    assertThat(scores.shape()).isEqualTo(Shape.of(3, 10, 1, 1));
    assertThat(difference(scores, run(backend, classifier, weights, images))).isLessThan(EXACT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"onnx", "djl", "dl4j"})
  void a_network_without_padding_scores_as_the_classifier_moved_over_the_image(String backend) {
    Graph classifier =
        Graph.build(
            "valid",
            Shape.of(1, 28, 28),
            x ->
                x.then("conv1", Layer.conv(6, 5))
                    .then(Layer.maxPool(2))
                    .then("conv2", Layer.conv(8, 3))
                    .then(Layer.avgPool(2))
                    .then(Layer.flatten())
                    .then("fc1", Layer.dense(20))
                    .then(Layer.tanh())
                    .then("fc2", Layer.dense(10))
                    .then(new Softmax(0)));
    Weights weights = classifier.initialWeights(2);
    FullyConvolutional network = classifier.fullyConvolutional();
    Size2d stride = network.stride(Graph.OUTPUT);
    Tensor image = images(Shape.of(1, 1, 28 + 3 * stride.height(), 28 + 2 * stride.width()));
    Tensor map = map(backend, network, weights, image);
    assertThat(map.shape()).isEqualTo(Shape.of(1, 10, 4, 3));
    List<Tensor> windows = new ArrayList<>();
    for (int row = 0; row < 4; row++) {
      for (int column = 0; column < 3; column++) {
        int top = row * stride.height();
        int left = column * stride.width();
        windows.add(image.slice(2, top, top + 28).slice(3, left, left + 28));
      }
    }
    Tensor moved = run(backend, classifier, weights, Tensor.concat(0, windows));
    assertThat(difference(positions(map), moved)).isLessThan(EXACT);
  }

  /** Padded convolutions differ at the borders of windows, so the body reads the whole image. */
  @ParameterizedTest
  @CsvSource({
    "alexnet, pool5, onnx", "alexnet, pool5, djl", "alexnet, pool5, dl4j",
    "vgg16, features.30, onnx", "vgg16, features.30, djl", "vgg16, features.30, dl4j"
  })
  void a_padded_network_scores_as_its_head_moved_over_the_features(
      String name, String end, String backend) {
    Graph classifier = Zoo.find(name).graph();
    Weights weights = classifier.initialWeights(3);
    FullyConvolutional network = classifier.fullyConvolutional();
    assertThat(network.stride(Graph.OUTPUT)).isEqualTo(Size2d.square(32));
    Shape own = classifier.inputs().get(0).shape();
    Tensor image = images(Shape.of(1, 3, own.size(1) + 32, own.size(2) + 64));
    Tensor map = map(backend, network, weights, image);
    assertThat(map.shape()).isEqualTo(Shape.of(1, 1000, 2, 3));

    Graph body = network.graph(own.size(1) + 32, own.size(2) + 64).upTo(end);
    Tensor features = run(backend, body, needed(body, weights), image);
    Shape window = classifier.node(end).shape();
    List<Tensor> windows = new ArrayList<>();
    for (int row = 0; row < 2; row++) {
      for (int column = 0; column < 3; column++) {
        windows.add(
            features.slice(2, row, row + window.size(1)).slice(3, column, column + window.size(2)));
      }
    }
    Graph head = head(classifier, end);
    Tensor moved = run(backend, head, needed(head, weights), Tensor.concat(0, windows));
    assertThat(difference(positions(map), moved)).isLessThan(EXACT * largest(moved));
  }

  @ParameterizedTest
  @CsvSource({
    "resnet18, onnx",
    "resnet18, djl",
    "resnet18, dl4j",
    "se-resnet50, onnx",
    "mobilenet-v2, onnx",
    "googlenet, onnx",
    "squeezenet1_1, onnx"
  })
  void the_mean_of_a_class_activation_map_is_the_score(String name, String backend) {
    Graph classifier = Zoo.find(name).graph(Shape.of(3, 96, 96), 7).keep(Set.of(Graph.OUTPUT));
    Weights weights = classifier.initialWeights(4);
    FullyConvolutional network = classifier.fullyConvolutional();
    Tensor image = images(Shape.of(1, 3, 96, 96));
    Tensor map = map(backend, network, weights, image);
    assertThat(map.shape().size(2)).isGreaterThan(1);
    Tensor scores = run(backend, classifier, weights, image);
    Tensor rows = positions(map);
    int count = rows.shape().size(0);
    for (int label = 0; label < 7; label++) {
      double sum = 0;
      for (int position = 0; position < count; position++) {
        sum += rows.get(position, label);
      }
      assertThat(sum / count).isCloseTo(scores.toFloats()[label], within(EXACT * largest(scores)));
    }
  }

  /** The layers of a chain behind a node, for one window of its values. */
  private static Graph head(Graph classifier, String end) {
    List<Node> nodes = classifier.nodes();
    int first = nodes.indexOf(classifier.node(end)) + 1;
    return Graph.build(
        "head",
        classifier.node(end).shape(),
        window -> {
          Value value = window;
          for (Node node : nodes.subList(first, nodes.size())) {
            value = value.then(node.path(), node.layer());
          }
          return value;
        });
  }

  private static Tensor map(
      String backend, FullyConvolutional network, Weights weights, Tensor image) {
    Graph graph = network.graph(image.shape().size(2), image.shape().size(3));
    return run(backend, graph, network.weights(weights), image);
  }

  private static Tensor run(String backend, Graph graph, Weights weights, Tensor images) {
    String input = graph.inputs().get(0).path();
    try (Program program = Backends.get(backend).compile(graph, weights, RunOptions.DEFAULT)) {
      return program.run(Map.of(input, images)).get(Graph.OUTPUT);
    }
  }

  private static Weights needed(Graph graph, Weights weights) {
    return weights.only(graph.weightShapes().keySet());
  }

  /** Returns a map {@code [1, K, H, W]} as {@code [H * W, K]}. */
  private static Tensor positions(Tensor map) {
    int classes = map.shape().size(1);
    int positions = map.shape().size(2) * map.shape().size(3);
    float[] values = map.toFloats();
    return Tensor.floats(
        Shape.of(positions, classes),
        buffer -> {
          for (int i = 0; i < positions * classes; i++) {
            buffer.put(values[i % classes * positions + i / classes]);
          }
        });
  }

  private static double difference(Tensor actual, Tensor expected) {
    float[] a = actual.toFloats();
    float[] b = expected.toFloats();
    assertThat(a).hasSameSizeAs(b);
    double result = 0;
    for (int i = 0; i < a.length; i++) {
      result = Math.max(result, Math.abs(a[i] - b[i]));
    }
    return result;
  }

  private static double largest(Tensor tensor) {
    double result = 0;
    for (float value : tensor.toFloats()) {
      result = Math.max(result, Math.abs(value));
    }
    return result;
  }

  private static Tensor images(Shape shape) {
    RandomStream random = RandomStream.of(5);
    return Tensor.floats(
        shape,
        buffer -> {
          for (int i = 0; i < shape.elements(); i++) {
            buffer.put(random.uniform(i) - 0.5f);
          }
        });
  }
}
