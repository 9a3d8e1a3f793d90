package dev.trifocal.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.graph.Graph;
import dev.trifocal.layer.Parameter;
import dev.trifocal.shape.Shape;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Sizes inside the networks, as their papers' tables and torchvision's and timm's code give them.
 */
class StageShapesTest {
  @ParameterizedTest
  @CsvSource({
    "resnet18,      conv1,               64x112x112",
    "resnet18,      layer1.1.relu,       64x56x56",
    "resnet34,      layer2.3.relu,       128x28x28",
    "resnet50,      maxpool,             64x56x56",
    "resnet50,      layer1.2.relu,       256x56x56",
    "resnet50,      layer2.0.conv1,      128x56x56",
    "resnet50,      layer2.3.relu,       512x28x28",
    "resnet50,      layer3.5.relu,       1024x14x14",
    "resnet50,      layer4.2.relu,       2048x7x7",
    "resnet101,     layer3.22.relu,      1024x14x14",
    "resnet152,     layer3.35.relu,      1024x14x14",
    "se-resnet50,   pool0,               64x56x56",
    "se-resnet50,   layer2.0.conv1,      128x28x28",
    "se-resnet50,   layer1.0.se_module.fc1, 16x1x1",
    "se-resnet50,   layer4.2.relu,       2048x7x7",
    "senet154,      layer0.conv3,        128x112x112",
    "senet154,      layer1.0.conv1,      128x56x56",
    "senet154,      layer2.0.conv1,      256x56x56",
    "senet154,      layer2.0.conv2,      512x28x28",
    "senet154,      layer3.35.relu,      1024x14x14",
    "xception,      conv1,               32x149x149",
    "xception,      conv2,               64x147x147",
    "xception,      block1.pool,         128x74x74",
    "xception,      block2.pool,         256x37x37",
    "xception,      block11.add,         728x19x19",
    "xception,      block12.pool,        1024x10x10",
    "xception,      bn3,                 1536x10x10",
    "xception,      act4,                2048x10x10",
    "mobilenet-v1,  features.0.0,        32x112x112",
    "mobilenet-v1,  features.11.conv.1.2, 512x14x14",
    "mobilenet-v1,  features.13.conv.1.2, 1024x7x7",
    "mobilenet-v2,  features.0.0,        32x112x112",
    "mobilenet-v2,  features.1.conv.2,   16x112x112",
    "mobilenet-v2,  features.3.add,      24x56x56",
    "mobilenet-v2,  features.6.add,      32x28x28",
    "mobilenet-v2,  features.10.add,     64x14x14",
    "mobilenet-v2,  features.13.add,     96x14x14",
    "mobilenet-v2,  features.16.add,     160x7x7",
    "mobilenet-v2,  features.17.conv.3,  320x7x7",
    "mobilenet-v2,  features.18.0,       1280x7x7",
    "unet-original, conv_d0b_c,          64x568x568",
    "unet-original, conv_d4b_c,          1024x28x28",
    "unet-original, upconv_d4c_u3a,      512x56x56",
    "unet-original, conv_u3c_d,          512x52x52",
    "unet-original, conv_u0d_score,      2x388x388",
    "unet,          down4.relu2,         256x16x16",
    "unet,          up1.up,              128x32x32",
    "unet,          outc.conv,           2x256x256",
    "fcn8s,         features.16,         256x63x63",
    "fcn8s,         score_fr,            21x16x16",
    "fcn8s,         upscore_pool4,       21x63x63",
    "fcn8s,         upscore8,            21x500x500",
  })
  void a_stage_has_the_published_shape(String model, String path, String shape) {
    assertThat(Zoo.find(model).graph().node(path).shape()).isEqualTo(parse(shape));
  }

  @ParameterizedTest
  @CsvSource({
    "resnet18, 9600",
    "resnet34, 17024",
    "resnet50, 53120",
    "resnet101, 105344",
    "resnet152, 151424",
    "se-resnet50, 53120",
    "senet154, 247552",
    "xception, 54528",
    "mobilenet-v1, 21888",
    "mobilenet-v2, 34112",
  })
  void a_network_keeps_the_published_number_of_statistics(String model, long count) {
    assertThat(statistics(Zoo.find(model).graph())).isEqualTo(count);
  }

  /** torchvision and Keras agree on these. */
  @ParameterizedTest
  @CsvSource({
    "0.25, 1519112, 10656, 1280",
    "0.35, 1677128, 14080, 1280",
    "0.5,  1968680, 18544, 1280",
    "0.75, 2636424, 26640, 1280",
    "1.0,  3504872, 34112, 1280",
    "1.3,  5386792, 44256, 1664",
    "1.4,  6108776, 47936, 1792",
  })
  void mobilenet_v2_has_its_parameters_at_every_common_width(
      double width, long parameters, long statistics, int features) {
    ZooModel model = Zoo.find("mobilenet-v2");
    Graph graph = model.graph(model.input(), model.options().width(width));
    assertThat(ZooModelTest.parameters(graph)).isEqualTo(parameters);
    assertThat(statistics(graph)).isEqualTo(statistics);
    assertThat(graph.node("flatten").shape()).isEqualTo(Shape.of(features));
  }

  @Test
  void a_unet_four_times_as_wide_has_the_parameters_of_milesial() {
    ZooModel model = Zoo.find("unet");
    Graph graph = model.graph(model.input(), model.options().width(4));
    assertThat(ZooModelTest.parameters(graph)).isEqualTo(31_037_698);
  }

  /** The millions that the paper's tables 6 and 7 give. */
  @ParameterizedTest
  @CsvSource({"1.0, 4.2", "0.75, 2.6", "0.5, 1.3", "0.25, 0.5"})
  void mobilenet_v1_has_its_parameters_at_the_widths_of_the_paper(double width, double millions) {
    ZooModel model = Zoo.find("mobilenet-v1");
    Graph graph = model.graph(model.input(), model.options().width(width));
    assertThat(Math.round(ZooModelTest.parameters(graph) / 1e5) / 10.0).isEqualTo(millions);
  }

  @ParameterizedTest
  @CsvSource({"17, 33", "32, 64", "97, 500", "375, 501"})
  void an_fcn_scores_every_pixel_of_an_image_of_any_size(int height, int width) {
    for (String name : new String[] {"fcn32s", "fcn16s", "fcn8s"}) {
      Graph graph = Zoo.find(name).graph(Shape.of(3, height, width), 21);
      assertThat(graph.output(Graph.OUTPUT).shape()).isEqualTo(Shape.of(21, height, width));
    }
  }

  @ParameterizedTest
  @CsvSource({"16, 16", "45, 61", "180, 240"})
  void a_unet_scores_every_pixel_of_an_image_of_any_size(int height, int width) {
    Graph graph = Zoo.find("unet").graph(Shape.of(3, height, width), 11);
    assertThat(graph.output(Graph.OUTPUT).shape()).isEqualTo(Shape.of(11, height, width));
    assertThat(graph.weightShapes())
        .containsEntry("inc.conv1.weight", Shape.of(16, 3, 3, 3))
        .containsEntry("down4.conv2.weight", Shape.of(256, 256, 3, 3));
  }

  @ParameterizedTest
  @CsvSource({"188, 4", "190, 4", "203, 4", "204, 20", "572, 388"})
  void the_original_unet_scores_the_middle_of_the_image(int size, int scores) {
    Graph graph = Zoo.find("unet-original").graph(Shape.of(3, size, 572), 2);
    assertThat(graph.output(Graph.OUTPUT).shape()).isEqualTo(Shape.of(2, scores, 388));
  }

  private static long statistics(Graph graph) {
    return graph.nodes().stream()
        .flatMap(node -> node.parameters().stream())
        .filter(parameter -> parameter.role() == Parameter.Role.STATISTIC)
        .mapToLong(parameter -> parameter.shape().elements())
        .sum();
  }

  private static Shape parse(String text) {
    return Shape.of(Arrays.stream(text.split("x")).mapToInt(Integer::parseInt).toArray());
  }
}
