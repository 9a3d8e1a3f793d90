package dev.trifocal.apps.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.graph.Graph;
import dev.trifocal.layer.Layer;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import org.junit.jupiter.api.Test;

class SyntheticBatchesTest {
  private static Graph network(Shape image) {
    return Graph.build(
        "net",
        image,
        x -> x.then(Layer.globalAvgPool()).then(Layer.flatten()).then("fc", Layer.dense(4)));
  }

  @Test
  void batchesOfAnySizeHoldTheSameSamples() {
    Graph graph = network(Shape.of(2, 6, 8));
    Tensor whole = new SyntheticBatches(graph, 8, 3).inputs(0).get("input");
    SyntheticBatches halves = new SyntheticBatches(graph, 4, 3);
    float[] second = halves.inputs(1).get("input").toFloats();
    assertThat(whole.toFloats()).endsWith(second);
    assertThat(new SyntheticBatches(graph, 8, 3).labels(0).get(Graph.OUTPUT).toLongs())
        .containsExactly(0, 1, 2, 3, 0, 1, 2, 3);
    assertThat(halves.labels(1).get(Graph.OUTPUT).toLongs()).containsExactly(0, 1, 2, 3);
  }

  @Test
  void samplesOfAClassHaveItsPatternUnderNoise() {
    Tensor images = new SyntheticBatches(network(Shape.of(1, 1, 64)), 8, 3).inputs(0).get("input");
    for (int x = 0; x < 64; x++) {
      double stripe = Math.sin(2 * Math.PI * 2 * x / 64.0);
      assertThat((double) images.get(1, 0, 0, x)).isBetween(stripe - 0.31, stripe + 0.31);
      assertThat((double) images.get(5, 0, 0, x)).isBetween(stripe - 0.31, stripe + 0.31);
    }
    assertThat(images.get(1, 0, 0, 3)).isNotEqualTo(images.get(5, 0, 0, 3));
  }

  @Test
  void networksWithAClassPerPixelHaveALabelForEach() {
    Graph graph = Graph.build("net", Shape.of(1, 3, 2), x -> x.then("conv", Layer.conv(2, 1)));
    Tensor labels = new SyntheticBatches(graph, 2, 3).labels(0).get(Graph.OUTPUT);
    assertThat(labels.shape()).isEqualTo(Shape.of(2, 3, 2));
    assertThat(labels.toLongs()).containsExactly(0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1);
  }
}
