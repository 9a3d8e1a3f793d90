package dev.trifocal.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.trifocal.error.DataException;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.DataType;
import dev.trifocal.tensor.Tensor;
import org.junit.jupiter.api.Test;

/**
 * Values are those of {@code torch.nn.functional.binary_cross_entropy_with_logits(z, y)} of PyTorch
 * 1.13 in double precision.
 */
class BinaryCrossEntropyTest {
  private static final Loss LOSS = new BinaryCrossEntropy();
  private static final Tensor LOGITS = Tensor.of(Shape.of(2, 3), 1.5f, -0.5f, 0.25f, 0, 2, -1);
  private static final Tensor COLUMN = Tensor.of(Shape.of(3, 1), 1.5f, -2, 0.25f);

  @Test
  void the_loss_is_the_mean_over_all_elements() {
    Tensor labels = Tensor.of(Shape.of(2, 3), 1, 0, 0.25f, 0.5f, 1, 0.75f);
    assertLoss(LOGITS, labels, 0.5537110935271407);
  }

  @Test
  void whole_numbers_label_a_single_unit_with_or_without_its_axis() {
    Tensor labels = Tensor.of(Shape.of(3), new long[] {1, 1, 0});
    assertLoss(COLUMN, labels, 1.0514269029681895);
    assertLoss(COLUMN, labels.reshape(Shape.of(3, 1)), 1.0514269029681895);
  }

  @Test
  void large_logits_do_not_overflow() {
    assertLoss(
        Tensor.of(Shape.of(1, 4), 1e4f, -1e4f, 1e4f, -1e4f),
        Tensor.of(Shape.of(1, 4), 1f, 1, 0, 0),
        5000);
  }

  @Test
  void a_label_outside_zero_to_one_is_told_with_its_place() {
    refuses(
        LOGITS,
        Tensor.of(Shape.of(2, 3), 0, 1, 0, 1.5f, 0, 0),
        "labels must be within [0, 1], but label 3 is 1.5");
    refuses(
        LOGITS,
        Tensor.of(Shape.of(2, 3), 0, Float.NaN, 0, 0, 0, 0),
        "labels must be within [0, 1], but label 1 is NaN");
    refuses(
        COLUMN,
        Tensor.of(Shape.of(3), new long[] {1, 0, 2}),
        "labels must be within [0, 1], but label 2 is 2.0");
  }

  @Test
  void labels_of_another_shape_or_type_are_told() {
    String needed = "labels must be float32 or int64 of the output's shape [2, 3], but are ";
    refuses(LOGITS, Tensor.of(Shape.of(3, 2), new float[6]), needed + "FLOAT32[3, 2]");
    refuses(LOGITS, Tensor.of(Shape.of(3, 2), new long[6]), needed + "INT64[3, 2]");
    refuses(LOGITS, Tensor.of(Shape.of(6), new long[6]), needed + "INT64[6]");
    refuses(
        LOGITS, Tensor.make(Shape.of(2, 3), DataType.UINT8, buffer -> {}), needed + "UINT8[2, 3]");
    refuses(
        COLUMN,
        Tensor.of(Shape.of(2), new long[2]),
        "labels must be float32 or int64 of the output's shape [3, 1], but are INT64[2]");
  }

  private static void assertLoss(Tensor logits, Tensor labels, double expected) {
    assertThat(PlainGraph.loss(LOSS, logits, labels)).isCloseTo(expected, within(1e-12 * expected));
  }

  private static void refuses(Tensor logits, Tensor labels, String message) {
    assertThatThrownBy(() -> PlainGraph.loss(LOSS, logits, labels))
        .isInstanceOf(DataException.class)
        .hasMessage(message);
  }
}
