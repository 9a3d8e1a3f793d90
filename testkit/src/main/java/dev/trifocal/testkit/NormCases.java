package dev.trifocal.testkit;

import static dev.trifocal.layer.Layer.groupNorm;

import dev.trifocal.layer.GroupNorm;
import dev.trifocal.layer.LocalResponseNorm;
import dev.trifocal.layer.PRelu;
import java.util.List;
import java.util.stream.Stream;

/** Group norm, local response norm and PReLU. */
final class NormCases {
  private NormCases() {}

  static List<LayerCase> all() {
    return Stream.of(groups(), neighbours(), slopes()).flatMap(List::stream).toList();
  }

  private static List<LayerCase> groups() {
    return List.of(
        LayerCase.of("group_norm", groupNorm(2), 6, 3, 4),
        LayerCase.of("group_norm_one_group", groupNorm(1), 3, 4, 5).batch(3),
        LayerCase.of("group_norm_a_group_per_channel", groupNorm(3), 3, 4, 5),
        LayerCase.of("group_norm_of_a_vector", groupNorm(2), 6).batch(3),
        LayerCase.of("group_norm_of_a_matrix", groupNorm(2), 4, 5),
        LayerCase.of("group_norm_epsilon", new GroupNorm(3, 0.2), 6, 2, 3),
        LayerCase.of("group_norm_far_from_zero", groupNorm(1), 4, 3, 5),
        LayerCase.of("group_norm_frozen", groupNorm(2), 4, 3, 5).freeze());
  }

  private static List<LayerCase> neighbours() {
    return List.of(
        lrn("5", new LocalResponseNorm(5, 2, 0.75, 1), 8, 3, 4),
        lrn("3_k_2_beta_half", new LocalResponseNorm(3, 1.5, 0.5, 2), 6, 2, 5).batch(3),
        lrn("4", new LocalResponseNorm(4, 2, 0.75, 1), 7, 3, 2),
        lrn("2", new LocalResponseNorm(2, 1, 1, 1.5), 5, 3, 4),
        lrn("1", new LocalResponseNorm(1, 0.8, 0.75, 1), 3, 4, 5),
        lrn("wider_than_the_channels", new LocalResponseNorm(7, 3, 0.75, 1), 3, 4, 2),
        lrn("as_in_GoogLeNet", new LocalResponseNorm(5, 1e-4, 0.75, 1), 8, 2, 3));
  }

  private static List<LayerCase> slopes() {
    return List.of(
        LayerCase.of("prelu", new PRelu(1), 3, 4, 5),
        LayerCase.of("prelu_per_channel", new PRelu(3), 3, 4, 5).batch(3),
        LayerCase.of("prelu_of_a_vector", new PRelu(1), 9),
        LayerCase.of("prelu_per_feature", new PRelu(7), 7).batch(3),
        LayerCase.of("prelu_frozen", new PRelu(4), 4, 3, 2).freeze());
  }

  private static LayerCase lrn(String name, LocalResponseNorm layer, int... sample) {
    return LayerCase.of("local_response_norm_" + name, layer, sample);
  }
}
