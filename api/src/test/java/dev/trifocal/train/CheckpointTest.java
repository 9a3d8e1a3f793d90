package dev.trifocal.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.WeightsException;
import dev.trifocal.graph.Graph;
import dev.trifocal.layer.Layer;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.weights.Weights;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CheckpointTest {
  private static final Graph NET =
      Graph.build(
          "net",
          Shape.of(3),
          x -> x.then("a", Layer.dense(2)).then("bn", Layer.batchNorm()).then("b", Layer.dense(1)));

  @Test
  void a_training_starts_at_step_zero_with_the_first_weights_of_its_seed() {
    Checkpoint start = Checkpoint.start(NET, 5);
    assertThat(start.step()).isZero();
    assertThat(start.seed()).isEqualTo(5);
    assertThat(start.slots()).isEmpty();
    assertThat(start.weights()).isEqualTo(NET.initialWeights(5));
  }

  @Test
  void a_slot_that_is_not_stored_is_zero_for_all_that_is_trained() {
    Weights slot = Checkpoint.start(NET.freeze("a"), 5).slot("exp_avg");
    assertThat(slot.tensors().keySet())
        .containsExactly("bn.weight", "bn.bias", "b.weight", "b.bias");
    assertThat(slot.tensor("b.weight")).isEqualTo(Tensor.of(Shape.of(1, 2), 0f, 0));
  }

  @Test
  void a_slot_that_is_stored_is_returned() {
    Weights stored = filled(NET, 7);
    assertThat(with(Map.of("exp_avg", stored)).slot("exp_avg")).isEqualTo(stored);
    assertThat(with(Map.of("exp_avg", stored)).slot("exp_avg_sq").tensor("b.bias"))
        .isEqualTo(Tensor.of(Shape.of(1), 0f));
  }

  @Test
  void a_slot_that_does_not_fit_is_told_with_the_graph_and_its_name() {
    Checkpoint checkpoint = with(Map.of("sum", filled(NET.freeze("bn", "b"), 1)));
    assertThatThrownBy(() -> checkpoint.slot("sum"))
        .isInstanceOf(WeightsException.class)
        .hasMessage(
            "net: slot sum: weights do not fit. missing: bn.weight; bn.bias; b.weight; b.bias");
  }

  @Test
  void weights_that_do_not_fit_are_told_with_the_graph() {
    Weights extra = NET.initialWeights(1).with(Map.of("c.bias", Tensor.of(Shape.of(1), 0f)));
    assertThatThrownBy(() -> Checkpoint.start(NET, extra, 1))
        .isInstanceOf(WeightsException.class)
        .hasMessage("net: weights do not fit. unexpected: c.bias");
    assertThatThrownBy(() -> Checkpoint.start(NET, Weights.NONE, 1))
        .isInstanceOf(WeightsException.class)
        .hasMessageStartingWith("net: weights do not fit. missing: a.weight; a.bias; bn.weight;");
  }

  @Test
  void changing_the_source_map_changes_nothing() {
    Map<String, Weights> slots = new HashMap<>();
    Checkpoint checkpoint = with(slots);
    slots.put("sum", Weights.NONE);
    assertThat(checkpoint.slots()).isEmpty();
  }

  private static Checkpoint with(Map<String, Weights> slots) {
    return new Checkpoint(NET, NET.initialWeights(1), slots, 3, 1);
  }

  private static Weights filled(Graph graph, float value) {
    Map<String, Tensor> result = new HashMap<>();
    graph.trainableShapes().forEach((name, shape) -> result.put(name, all(shape, value)));
    return new Weights(result);
  }

  private static Tensor all(Shape shape, float value) {
    return Tensor.floats(
        shape,
        buffer -> {
          while (buffer.hasRemaining()) {
            buffer.put(value);
          }
        });
  }
}
