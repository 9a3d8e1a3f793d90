package dev.trifocal.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.graph.Graph;
import dev.trifocal.layer.LocalResponseNorm;
import dev.trifocal.shape.Shape;
import dev.trifocal.weights.Initializer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
  void mnist_cnn_bn_has_the_parameters_of_its_formula() {
    int[] channels = {1, 32, 64, 64, 128, 128};
    long parameters = 25L * channels[1] + dense(128, 10);
    for (int i = 1; i < channels.length; i++) {
      parameters += (i == 1 ? 0 : 9L * channels[i - 1] * channels[i]) + 2L * channels[i];
    }
    Graph graph = Zoo.find("mnist-cnn-bn").graph();
    assertThat(ZooModelTest.parameters(graph)).isEqualTo(parameters).isEqualTo(279_402);
    assertThat(shapes(graph, "bn1", "bn2_1", "bn2_2", "bn3_2"))
        .as("pools stand before the norms")
        .containsExactly(
            Shape.of(32, 12, 12), Shape.of(64, 12, 12), Shape.of(64, 6, 6), Shape.of(128, 4, 4));
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

  @Test
  void alexnet_has_the_maps_of_caffe() {
    Graph graph = Zoo.find("alexnet").graph();
    assertThat(shapes(graph, "conv1", "pool1", "conv2", "pool2", "conv3", "conv5", "pool5"))
        .containsExactly(
            Shape.of(96, 55, 55),
            Shape.of(96, 27, 27),
            Shape.of(256, 27, 27),
            Shape.of(256, 13, 13),
            Shape.of(384, 13, 13),
            Shape.of(256, 13, 13),
            Shape.of(256, 6, 6));
    assertThat(graph.weightShapes())
        .containsEntry("conv2.weight", Shape.of(256, 48, 5, 5))
        .containsEntry("fc6.weight", Shape.of(4096, 9216));
  }

  @Test
  void alexnet_normalises_with_the_papers_alpha() {
    LocalResponseNorm expected = new LocalResponseNorm(5, 5e-4, 0.75, 2);
    assertThat(Zoo.find("alexnet").graph().node("norm1").layer()).isEqualTo(expected);
  }

  @Test
  void the_one_weird_trick_has_torchvisions_maps() {
    Graph graph = Zoo.find("alexnet-torchvision").graph();
    assertThat(shapes(graph, "features.0", "features.2", "features.3", "features.12", "flatten"))
        .containsExactly(
            Shape.of(64, 55, 55),
            Shape.of(64, 27, 27),
            Shape.of(192, 27, 27),
            Shape.of(256, 6, 6),
            Shape.of(9216));
  }

  @Test
  void vgg19_halves_its_maps_five_times() {
    Graph graph = Zoo.find("vgg19").graph();
    assertThat(shapes(graph, "features.0", "features.4", "features.9", "features.36", "flatten"))
        .containsExactly(
            Shape.of(64, 224, 224),
            Shape.of(64, 112, 112),
            Shape.of(128, 56, 56),
            Shape.of(512, 7, 7),
            Shape.of(25_088));
  }

  @ParameterizedTest
  @ValueSource(strings = {"googlenet", "googlenet-bn"})
  void googlenet_has_the_maps_of_the_papers_table(String name) {
    Graph graph = Zoo.find(name).graph();
    assertThat(shapes(graph, "conv1.conv", "maxpool1", "conv3.conv", "maxpool2", "maxpool3"))
        .containsExactly(
            Shape.of(64, 112, 112),
            Shape.of(64, 56, 56),
            Shape.of(192, 56, 56),
            Shape.of(192, 28, 28),
            Shape.of(480, 14, 14));
    assertThat(shapes(graph, "inception3a.concat", "inception4a.concat", "inception5b.concat"))
        .containsExactly(Shape.of(256, 28, 28), Shape.of(512, 14, 14), Shape.of(1024, 7, 7));
  }

  @ParameterizedTest
  @CsvSource({"googlenet, 13378280", "googlenet-bn, 13004888"})
  void googlenets_auxiliary_classifiers_count_in_training_only(String name, long parameters) {
    ZooModel model = Zoo.find(name);
    TrainingGraph training = model.trainingGraph(model.input(), model.options());
    assertThat(ZooModelTest.parameters(training.graph())).isEqualTo(parameters);
    assertThat(training.auxiliaries())
        .containsExactlyInAnyOrderEntriesOf(Map.of("aux1", 0.3, "aux2", 0.3));
    assertThat(shapes(training.graph(), "aux1.flatten", "aux2.flatten"))
        .containsExactly(Shape.of(2048), Shape.of(2048));
  }

  @ParameterizedTest
  @CsvSource({"squeezenet1_0, 96, 54", "squeezenet1_1, 64, 55"})
  void squeezenets_stem_keeps_partial_windows(String name, int maps, int size) {
    Graph graph = Zoo.find(name).graph();
    assertThat(shapes(graph, "features.2", "features.12.concat"))
        .containsExactly(Shape.of(maps, size, size), Shape.of(512, 13, 13));
  }

  @Test
  void lenet5_original_has_the_papers_parameters_in_each_layer() {
    Graph graph = Zoo.find("lenet5-original").graph();
    assertThat(parameters(graph, "c1", "s2", "c3.three", "c3.four", "c3.six", "s4", "c5", "f6"))
        .containsExactly(156L, 12L, 456L, 909L, 151L, 32L, 48_120L, 10_164L);
  }

  private static List<Long> parameters(Graph graph, String... paths) {
    return Stream.of(paths)
        .map(path -> graph.node(path).parameters().stream())
        .map(all -> all.mapToLong(parameter -> parameter.shape().elements()).sum())
        .toList();
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
