package dev.trifocal.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.graph.Graph;
import dev.trifocal.shape.Shape;
import dev.trifocal.weights.Initializer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the sources say about the inside of their networks. */
class PublishedShapesTest {
  @Test
  void lenet5_has_the_maps_of_the_paper() {
    Graph graph = Zoo.find("lenet5").graph();
    assertThat(shapes(graph, "conv1", "avgpool2d", "conv2", "avgpool2d_2", "flatten"))
        .containsExactly(
            Shape.of(6, 28, 28),
            Shape.of(6, 14, 14),
            Shape.of(16, 10, 10),
            Shape.of(16, 5, 5),
            Shape.of(400));
    assertThat(graph.weightShapes().keySet())
        .containsExactly(
            "conv1.weight",
            "conv1.bias",
            "conv2.weight",
            "conv2.bias",
            "fc1.weight",
            "fc1.bias",
            "fc2.weight",
            "fc2.bias",
            "fc3.weight",
            "fc3.bias");
  }

  @Test
  void lenet5_finds_the_size_of_fc1_from_larger_colour_images() {
    Graph graph = Zoo.find("lenet5").graph(Shape.of(3, 32, 32), 10);
    assertThat(graph.weightShapes()).containsEntry("fc1.weight", Shape.of(120, 16 * 6 * 6));
  }

  @Test
  void mnist_cnn_has_the_parameters_of_its_formula() {
    long convolutions = conv(1, 64, 3) + conv(64, 64, 3) + conv(64, 128, 3) + conv(128, 128, 3);
    long dense = dense(128 * 7 * 7, 100) + dense(100, 50) + dense(50, 10);
    assertThat(ZooModelTest.parameters(Zoo.find("mnist-cnn").graph()))
        .isEqualTo(convolutions + dense)
        .isEqualTo(891_868);
  }

  @Test
  void mnist_cnn_drops_half_after_each_hidden_dense_layer() {
    Graph graph = Zoo.find("mnist-cnn").graph();
    assertThat(shapes(graph, "dropout", "dropout_2")).containsExactly(Shape.of(100), Shape.of(50));
  }

  @Test
  void what_a_relu_follows_starts_with_he_weights_and_zero_biases() {
    Graph graph = Zoo.find("mnist-cnn").graph();
    assertThat(graph.node("conv2_2").parameters())
        .extracting(parameter -> parameter.initializer())
        .containsExactly(new Initializer.KaimingNormal(), new Initializer.Constant(0));
  }

  @Test
  void three_conv_has_maps_of_six_three_and_one_and_a_half_megabytes() {
    Graph graph = Zoo.find("three-conv").graph();
    assertThat(shapes(graph, "conv1", "conv2", "conv3"))
        .containsExactly(Shape.of(100, 100, 150), Shape.of(200, 50, 75), Shape.of(400, 25, 38))
        .extracting(shape -> shape.elements() * 4)
        .containsExactly(6_000_000L, 3_000_000L, 1_520_000L);
  }

  private static List<Shape> shapes(Graph graph, String... paths) {
    return List.of(paths).stream().map(path -> graph.node(path).shape()).toList();
  }

  private static long conv(long channels, long maps, long kernel) {
    return maps * channels * kernel * kernel + maps;
  }

  private static long dense(long inputs, long units) {
    return inputs * units + units;
  }
}
