package dev.trifocal.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.graph.Graph;
import dev.trifocal.graph.GraphBuilder;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LearnableBatchTest {
  static Stream<Shape> samples() {
    return Stream.of(
        Shape.of(3, 2, 4), Shape.of(3, 1, 1), Shape.of(5), Shape.of(3, 4), Shape.of(2, 3, 2, 4));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void weights_stand_for_samples_one_to_one(Shape sample) {
    LearnableBatch image = new LearnableBatch("x", sample, 2);
    Tensor samples = counting(sample.batch(2));
    assertThat(image.samples(image.weight(samples))).isEqualTo(samples);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void drawing_gives_a_node_of_the_sample_and_a_weight_that_fits(Shape sample) {
    LearnableBatch image = new LearnableBatch("x", sample, 2);
    GraphBuilder builder = new GraphBuilder("picture");
    Graph graph = builder.output(Graph.OUTPUT, image.draw(builder)).graph();
    assertThat(graph.output(Graph.OUTPUT).shape()).isEqualTo(sample);
    assertThat(graph.weightShapes())
        .containsOnlyKeys(image.weightName())
        .containsValue(image.weight(counting(sample.batch(2))).shape());
    assertThat(image.selector().shape())
        .isEqualTo(graph.node(image.selectorName()).shape().batch(2));
  }

  @Test
  void the_kernel_leaves_its_mirrored_copy_in_the_sample() {
    LearnableBatch image = new LearnableBatch("x", Shape.of(1, 2, 3), 2);
    Tensor weight =
        image.weight(Tensor.of(Shape.of(2, 1, 2, 3), 1f, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12));
    assertThat(weight.toFloats()).containsExactly(6, 5, 4, 3, 2, 1, 12, 11, 10, 9, 8, 7);
    float[] selector = image.selector().toFloats();
    assertThat(selector).hasSize(2 * 2 * 3 * 5);
    assertThat(selector[7]).isEqualTo(1);
    assertThat(selector[30 + 15 + 7]).isEqualTo(1);
  }

  private static Tensor counting(Shape shape) {
    return Tensor.floats(
        shape,
        buffer -> {
          for (int i = 0; i < buffer.capacity(); i++) {
            buffer.put(i, i);
          }
        });
  }
}
