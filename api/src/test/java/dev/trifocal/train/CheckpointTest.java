package dev.trifocal.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.WeightsException;
import dev.trifocal.graph.Graph;
import dev.trifocal.layer.Layer;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.weights.Weights;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CheckpointTest {
  private static final Graph GRAPH =
      Graph.draw(
              "net",
              Shape.of(2),
              x -> x.then("a", Layer.dense(3)).then("b", Layer.dense(1).withoutBias()))
          .freeze("a");

  @Test
  void a_start_has_the_graphs_first_weights_and_no_step() {
    Checkpoint start = Checkpoint.start(GRAPH, 5);
    assertThat(start.weights()).isEqualTo(GRAPH.initialWeights(5));
    assertThat(start.step()).isZero();
    assertThat(start.seed()).isEqualTo(5);
  }

  @Test
  void weights_that_do_not_fit_the_graph_are_refused() {
    assertThatThrownBy(() -> Checkpoint.start(GRAPH, Weights.NONE, 5))
        .isInstanceOf(WeightsException.class)
        .hasMessage("net: weights do not fit. missing: a.weight; a.bias; b.weight");
  }

  @Test
  void a_slot_that_is_not_stored_is_zero_for_what_is_trained() {
    assertThat(Checkpoint.start(GRAPH, 5).slot("exp_avg"))
        .isEqualTo(new Weights(Map.of("b.weight", Tensor.of(Shape.of(1, 3), 0f, 0, 0))));
  }

  @Test
  void a_stored_slot_comes_back_and_must_fit() {
    Weights good = new Weights(Map.of("b.weight", Tensor.of(Shape.of(1, 3), 1f, 2, 3)));
    Weights bad = new Weights(Map.of("c.weight", Tensor.scalar(1)));
    Checkpoint checkpoint =
        new Checkpoint(
            GRAPH, GRAPH.initialWeights(5), Map.of("exp_avg", good, "exp_avg_sq", bad), 1, 5);
    assertThat(checkpoint.slot("exp_avg")).isSameAs(good);
    assertThatThrownBy(() -> checkpoint.slot("exp_avg_sq"))
        .isInstanceOf(WeightsException.class)
        .hasMessage(
            "net: slot exp_avg_sq: weights do not fit. missing: b.weight. unexpected: c.weight");
  }
}
