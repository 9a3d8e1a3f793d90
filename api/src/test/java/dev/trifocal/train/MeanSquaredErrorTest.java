package dev.trifocal.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.trifocal.error.DataException;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Values are those of {@code torch.nn.functional.mse_loss(x, y)} of PyTorch 1.13 in double. */
class MeanSquaredErrorTest {
  private static final Loss LOSS = new MeanSquaredError();
  private static final Tensor OUTPUT = Tensor.of(Shape.of(2, 3), 1.5f, -0.5f, 0.25f, 0, 2, -1);

  @Test
  void the_loss_is_the_mean_over_all_elements() {
    Tensor labels = Tensor.of(Shape.of(2, 3), 1, 0, 0.25f, 0.5f, 1, 0.75f);
    assertLoss(OUTPUT, labels, 0.8020833333333334);
  }

  @Test
  void differences_are_taken_and_squared_in_double_precision() {
    assertLoss(
        Tensor.of(Shape.of(1, 2), 1e4f, -1e4f),
        Tensor.of(Shape.of(1, 2), 0x1p-12f, 0.5f),
        (99999995.11718756 + 100010000.25) / 2);
  }

  @Test
  void labels_of_another_shape_or_type_are_told() {
    String needed = "labels must be float32 or int64 of the output's shape [2, 3], but are ";
    refuses(Tensor.of(Shape.of(3, 2), new float[6]), needed + "FLOAT32[3, 2]");
    refuses(Tensor.of(Shape.of(3, 2), new long[6]), needed + "INT64[3, 2]");
  }

  private static void assertLoss(Tensor output, Tensor labels, double expected) {
    assertThat(PlainGraph.loss(LOSS, output, labels)).isCloseTo(expected, within(1e-12 * expected));
  }

  private static void refuses(Tensor labels, String message) {
    assertThatThrownBy(() -> PlainGraph.loss(LOSS, OUTPUT, labels))
        .isInstanceOf(DataException.class)
        .hasMessage(message);
  }
}
