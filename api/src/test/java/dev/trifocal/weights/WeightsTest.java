package dev.trifocal.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.WeightsException;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.DataType;
import dev.trifocal.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WeightsTest {
  private static final Weights WEIGHTS =
      new Weights(Map.of("fc.weight", zeros(10, 20), "fc2.bias", zeros(5)));

  @Test
  void missing_unexpected_and_misshapen_weights_are_listed_together() {
    Map<String, Shape> expected = new LinkedHashMap<>();
    expected.put("fc.weight", Shape.of(5, 20));
    expected.put("fc.bias", Shape.of(5));
    assertThatThrownBy(() -> WEIGHTS.requireFit("resnet50", expected))
        .isInstanceOf(WeightsException.class)
        .hasMessage(
            "resnet50: weights do not fit. missing: fc.bias. unexpected: fc2.bias. wrong shape:"
                + " fc.weight [10, 20], expected [5, 20]");
  }

  @Test
  void several_of_a_kind_are_told_apart() {
    assertThatThrownBy(() -> Weights.NONE.requireFit("net", shapes("a.weight", "a.bias")))
        .isInstanceOf(WeightsException.class)
        .hasMessage("net: weights do not fit. missing: a.weight; a.bias");
  }

  @Test
  void weights_of_another_type_do_not_fit() {
    Weights weights = new Weights(Map.of("a", Tensor.make(Shape.of(5), DataType.FLOAT64, b -> {})));
    assertThatThrownBy(() -> weights.requireFit("net", shapes("a")))
        .isInstanceOf(WeightsException.class)
        .hasMessage("net: weights do not fit. wrong type: a FLOAT64, expected FLOAT32");
  }

  @Test
  void a_weight_that_is_not_there_is_said_with_those_that_are() {
    Weights weights = new Weights(Map.of("a", zeros(1)));
    assertThatThrownBy(() -> weights.tensor("b"))
        .isInstanceOf(WeightsException.class)
        .hasMessage("there is no weight 'b'; there are [a]");
  }

  @Test
  void changes_are_laid_over_and_the_original_stays() {
    Weights changed = WEIGHTS.with(Map.of("fc2.bias", zeros(7), "new", zeros(1)));
    assertThat(changed.tensors()).hasSize(3).containsEntry("fc2.bias", zeros(7));
    assertThat(WEIGHTS.tensors()).hasSize(2).containsEntry("fc2.bias", zeros(5));
  }

  @Test
  void nobody_can_change_weights() {
    Map<String, Tensor> tensors = WEIGHTS.tensors();
    assertThatThrownBy(tensors::clear).isInstanceOf(RuntimeException.class);
    assertThat(WEIGHTS.tensors()).hasSize(2);
  }

  private static Tensor zeros(int... sizes) {
    return Tensor.floats(Shape.of(sizes), b -> {});
  }

  private static Map<String, Shape> shapes(String... names) {
    Map<String, Shape> result = new LinkedHashMap<>();
    for (String name : names) {
      result.put(name, Shape.of(5));
    }
    return result;
  }
}
