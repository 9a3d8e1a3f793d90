package dev.trifocal.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.WeightsException;
import dev.trifocal.layer.BatchNorm;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.DataType;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.weights.Safetensors;
import dev.trifocal.weights.Weights;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HubWeightsTest {
  private static final int[] A = {64, 0, 128, 0, 256, 256, 0, 512, 512, 0, 512, 512, 0};
  private static final int[] B = {64, 64, 0, 128, 128, 0, 256, 256, 0, 512, 512, 0, 512, 512, 0};
  private static final int[] D = {
    64, 64, 0, 128, 128, 0, 256, 256, 256, 0, 512, 512, 512, 0, 512, 512, 512, 0
  };
  private static final int[] E = {
    64, 64, 0, 128, 128, 0, 256, 256, 256, 256, 0, 512, 512, 512, 512, 0, 512, 512, 512, 512, 0
  };

  @TempDir Path folder;

  /** Every network with weights on the hub, and what timm's class of it saves. */
  static Stream<Arguments> states() {
    return Stream.of(
        Arguments.of("resnet18", TimmState.resNet(1, 2, 2, 2, 2)),
        Arguments.of("resnet34", TimmState.resNet(1, 3, 4, 6, 3)),
        Arguments.of("resnet50", TimmState.resNet(4, 3, 4, 6, 3)),
        Arguments.of("resnet101", TimmState.resNet(4, 3, 4, 23, 3)),
        Arguments.of("resnet152", TimmState.resNet(4, 3, 8, 36, 3)),
        Arguments.of("vgg11", TimmState.vgg(Vgg.Norm.NONE, A)),
        Arguments.of("vgg11-bn", TimmState.vgg(Vgg.Norm.BATCH, A)),
        Arguments.of("vgg13", TimmState.vgg(Vgg.Norm.NONE, B)),
        Arguments.of("vgg13-bn", TimmState.vgg(Vgg.Norm.BATCH, B)),
        Arguments.of("vgg16", TimmState.vgg(Vgg.Norm.NONE, D)),
        Arguments.of("vgg16-bn", TimmState.vgg(Vgg.Norm.BATCH, D)),
        Arguments.of("vgg19", TimmState.vgg(Vgg.Norm.NONE, E)),
        Arguments.of("vgg19-bn", TimmState.vgg(Vgg.Norm.BATCH, E)),
        Arguments.of("mobilenet-v2", TimmState.mobileNetV2()));
  }

  static List<ZooModel> published() {
    return Zoo.published().stream().map(Zoo::find).toList();
  }

  @Test
  void every_network_with_weights_on_the_hub_is_compared() {
    assertThat(states().map(arguments -> arguments.get()[0]))
        .containsExactlyInAnyOrderElementsOf(Zoo.published());
  }

  @ParameterizedTest
  @MethodSource("states")
  void all_published_names_and_shapes_become_those_of_the_network(String name, TimmState state) {
    ZooModel model = Zoo.find(name);
    ParameterNames names = model.hubWeights().orElseThrow().names();
    Map<String, Shape> translated = new LinkedHashMap<>();
    state
        .entries()
        .forEach(
            (published, shape) ->
                names
                    .name(published)
                    .ifPresent(
                        own ->
                            assertThat(translated.put(own, names.shape(published, shape)))
                                .as("two tensors called " + own)
                                .isNull()));
    assertThat(translated).containsExactlyInAnyOrderEntriesOf(model.graph().weightShapes());
  }

  @ParameterizedTest
  @MethodSource("states")
  void the_published_tensors_are_as_many_numbers_as_were_published(String name, TimmState state) {
    long parameters =
        state.entries().entrySet().stream()
            .filter(entry -> !entry.getKey().matches(".*(running_|num_batches).*"))
            .mapToLong(entry -> entry.getValue().elements())
            .sum();
    assertThat(Zoo.find(name).published().parameters().orElseThrow().value().longValueExact())
        .isEqualTo(parameters);
  }

  @ParameterizedTest
  @MethodSource("published")
  void norms_have_the_epsilon_of_the_publisher(ZooModel model) {
    assertThat(model.graph().nodes())
        .allSatisfy(
            node -> {
              if (node.layer() instanceof BatchNorm norm) {
                assertThat(norm.epsilon()).isEqualTo(1e-5);
              }
            });
  }

  @ParameterizedTest
  @MethodSource("published")
  void pictures_are_prepared_as_the_publisher_does(ZooModel model) {
    assertThat(model.input()).isEqualTo(Shape.of(3, 224, 224));
    assertThat(model.preprocessing().mean()).containsExactly(0.485, 0.456, 0.406);
    assertThat(model.preprocessing().std()).containsExactly(0.229, 0.224, 0.225);
    // crop_pct of 0.875.
    assertThat(224 / 0.875).isEqualTo(model.preprocessing().shorterSide());
  }

  @Test
  void tensors_arrive_under_the_names_of_the_network_with_their_values() {
    Path file = folder.resolve("model.safetensors");
    Weights published = weights(TimmState.mobileNetV2());
    Safetensors.write(file, published, Map.of());
    ZooModel model = Zoo.find("mobilenet-v2");
    Weights read = model.hubWeights().orElseThrow().read(model, file);
    assertThat(read.tensors().keySet())
        .containsExactlyElementsOf(model.graph().weightShapes().keySet());
    Map.of(
            "conv_stem.weight", "features.0.0.weight",
            "bn1.running_var", "features.0.1.running_var",
            "blocks.0.0.bn1.weight", "features.1.conv.0.1.weight",
            "blocks.0.0.conv_pw.weight", "features.1.conv.1.weight",
            "blocks.0.0.bn2.running_mean", "features.1.conv.2.running_mean",
            "blocks.2.1.conv_dw.weight", "features.5.conv.1.0.weight",
            "blocks.6.0.bn3.bias", "features.17.conv.3.bias",
            "bn2.weight", "features.18.1.weight",
            "classifier.bias", "classifier.1.bias")
        .forEach(
            (theirs, ours) ->
                assertThat(read.tensor(ours)).as(ours).isEqualTo(published.tensor(theirs)));
  }

  @Test
  void a_dense_layer_that_was_published_as_a_convolution_keeps_the_order_of_its_numbers() {
    ParameterNames names = Zoo.find("vgg16").hubWeights().orElseThrow().names();
    float[] values = new float[2 * 3 * 2 * 2];
    IntStream.range(0, values.length).forEach(i -> values[i] = i);
    Weights read =
        names.translate(
            new Weights(Map.of("pre_logits.fc1.weight", Tensor.of(Shape.of(2, 3, 2, 2), values))));
    assertThat(read.tensors())
        .containsOnlyKeys("classifier.0.weight")
        .containsValue(Tensor.of(Shape.of(2, 12), values));
  }

  @Test
  void a_file_of_another_network_is_told_by_its_number_of_parameters() {
    Path file = folder.resolve("model.safetensors");
    Safetensors.write(file, weights(TimmState.mobileNetV2()), Map.of());
    ZooModel model = Zoo.find("resnet18");
    assertThatThrownBy(() -> model.hubWeights().orElseThrow().read(model, file))
        .isInstanceOf(WeightsException.class)
        .hasMessage(
            "resnet18: %s contains 3,504,872 parameters, but the published weights have 11,689,512",
            file);
  }

  @Test
  void a_file_with_other_names_is_told_with_all_of_them() {
    Path file = folder.resolve("model.safetensors");
    Map<String, Tensor> tensors = new LinkedHashMap<>(weights(TimmState.mobileNetV2()).tensors());
    tensors.put("klassifier.bias", tensors.remove("classifier.bias"));
    Safetensors.write(file, new Weights(tensors), Map.of());
    ZooModel model = Zoo.find("mobilenet-v2");
    assertThatThrownBy(() -> model.hubWeights().orElseThrow().read(model, file))
        .isInstanceOf(WeightsException.class)
        .hasMessage(
            "mobilenet-v2: %s: weights do not fit. missing: classifier.1.bias. unexpected:"
                + " klassifier.bias",
            file);
  }

  static Weights weights(TimmState state) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    state
        .entries()
        .forEach(
            (name, shape) -> {
              float first = tensors.size();
              tensors.put(
                  name,
                  shape.rank() == 0
                      ? Tensor.make(shape, DataType.INT64, bytes -> bytes.putLong(7))
                      : Tensor.floats(
                          shape,
                          floats -> {
                            for (int i = 0; floats.hasRemaining(); i++) {
                              floats.put(first + (i % 97) / 97f);
                            }
                          }));
            });
    return new Weights(tensors);
  }
}
