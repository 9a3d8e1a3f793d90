package dev.trifocal.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.WeightsException;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.DataType;
import dev.trifocal.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WeightsTest {
  private static final Tensor ONE = Tensor.of(Shape.of(1), 1f);
  private static final Tensor TWO = Tensor.of(Shape.of(2), 1f, 2);

  @Test
  void everything_that_does_not_fit_is_told_in_one_message() {
    Map<String, Tensor> given = new LinkedHashMap<>();
    given.put("fc2.bias", ONE);
    given.put("fc.weight", TWO);
    given.put("conv.weight", ONE);
    given.put("bn.weight", Tensor.make(Shape.of(1), DataType.FLOAT64, buffer -> {}));
    given.put("fc2.weight", TWO);
    Map<String, Shape> expected = new LinkedHashMap<>();
    expected.put("conv.weight", Shape.of(3, 1));
    expected.put("conv.bias", Shape.of(3));
    expected.put("bn.weight", Shape.of(1));
    expected.put("fc.weight", Shape.of(2, 2));
    expected.put("fc.bias", Shape.of(2));
    assertThatThrownBy(() -> new Weights(given).requireFit("resnet50", expected))
        .isInstanceOf(WeightsException.class)
        .hasMessage(
            "resnet50: weights do not fit."
                + " missing: conv.bias; fc.bias."
                + " unexpected: fc2.bias; fc2.weight."
                + " wrong shape: conv.weight [1], expected [3, 1]; fc.weight [2], expected [2, 2]."
                + " wrong type: bn.weight FLOAT64, expected FLOAT32");
  }

  @Test
  void what_fits_is_not_mentioned() {
    assertThatThrownBy(
            () ->
                new Weights(Map.of("a", ONE))
                    .requireFit("net", Map.of("a", Shape.of(1), "b", Shape.of(2))))
        .isInstanceOf(WeightsException.class)
        .hasMessage("net: weights do not fit. missing: b");
  }

  @Test
  void weights_that_fit_pass_in_any_order() {
    Weights weights = new Weights(Map.of("a", ONE, "b", TWO));
    Map<String, Shape> expected = new LinkedHashMap<>();
    expected.put("b", Shape.of(2));
    expected.put("a", Shape.of(1));
    assertThat(weights.requireFit("net", expected)).isSameAs(weights);
    assertThat(Weights.NONE.requireFit("net", Map.of())).isSameAs(Weights.NONE);
  }

  @Test
  void what_fits_is_taken_in_the_order_of_the_graph() {
    Tensor other = Tensor.make(Shape.of(1), DataType.FLOAT64, buffer -> {});
    Weights weights = new Weights(Map.of("a", ONE, "b", TWO, "c", TWO, "d", other, "e", ONE));
    Map<String, Shape> expected = new LinkedHashMap<>();
    expected.put("b", Shape.of(2));
    expected.put("missing", Shape.of(1));
    expected.put("a", Shape.of(1));
    expected.put("c", Shape.of(1));
    expected.put("d", Shape.of(1));
    assertThat(weights.fitting(expected).tensors().keySet()).containsExactly("b", "a");
  }

  @Test
  void only_what_is_wanted_is_kept() {
    Weights weights = new Weights(Map.of("a", ONE, "b", TWO));
    assertThat(weights.only(Set.of("b", "c"))).isEqualTo(new Weights(Map.of("b", TWO)));
  }

  @Test
  void with_lays_changes_over_and_leaves_the_original_alone() {
    Map<String, Tensor> given = new LinkedHashMap<>();
    given.put("b", ONE);
    given.put("a", ONE);
    Weights weights = new Weights(given);
    Weights changed = weights.with(Map.of("b", TWO, "c", TWO));
    assertThat(changed.tensors().keySet()).containsExactly("b", "a", "c");
    assertThat(changed.tensor("b")).isEqualTo(TWO);
    assertThat(changed.tensor("a")).isEqualTo(ONE);
    assertThat(weights.tensors()).containsExactlyEntriesOf(given);
  }

  @Test
  void changing_the_source_map_changes_nothing() {
    Map<String, Tensor> given = new LinkedHashMap<>(Map.of("a", ONE));
    Weights weights = new Weights(given);
    given.put("b", TWO);
    assertThat(weights.tensors()).containsOnlyKeys("a");
    assertThatThrownBy(() -> weights.tensors().put("b", TWO))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void an_unknown_name_is_told_with_those_that_there_are() {
    assertThatThrownBy(() -> new Weights(Map.of("a", ONE)).tensor("b"))
        .isInstanceOf(WeightsException.class)
        .hasMessage("there is no weight 'b'; there are [a]");
  }
}
