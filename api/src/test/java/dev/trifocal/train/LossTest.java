package dev.trifocal.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.trifocal.error.ConfigurationException;
import dev.trifocal.error.DataException;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Values of torch.nn.functional 1.13 in float64. */
class LossTest {
  private static final Tensor LOGITS = Tensor.of(Shape.of(2, 3), 1f, 2, 3, .5f, -1, .25f);
  private static final Tensor IDS = Tensor.of(Shape.of(2), 2L, 0);
  private static final Tensor SHARES = Tensor.of(Shape.of(2, 3), .2f, .3f, .5f, .7f, .1f, .2f);
  private static final SoftmaxCrossEntropy PLAIN = new SoftmaxCrossEntropy();
  private static final SoftmaxCrossEntropy WEIGHTED = PLAIN.classWeights(List.of(1.0, 2.0, 3.0));

  static Stream<Arguments> values() {
    return Stream.of(
        arguments(PLAIN, LOGITS, IDS, 0.5508590754231474),
        arguments(PLAIN.labelSmoothing(.1), LOGITS, IDS, 0.6300257420898141),
        arguments(WEIGHTED, LOGITS, IDS, 0.4792325199337639),
        arguments(WEIGHTED.labelSmoothing(.1), LOGITS, IDS, 0.5509785088160356),
        arguments(
            PLAIN.ignoreIndex(-100), LOGITS, Tensor.of(Shape.of(2), -100L, 1), 2.1941121864019144),
        arguments(PLAIN, LOGITS, SHARES, 1.0008590754231474),
        arguments(WEIGHTED, LOGITS, SHARES, 1.7143309989124735),
        arguments(PLAIN.labelSmoothing(.1), LOGITS, SHARES, 1.0350257420898141),
        arguments(WEIGHTED.ignoreIndex(255), sines(), pixels(), 3.030039323311409),
        arguments(
            new BinaryCrossEntropy(),
            Tensor.of(Shape.of(3, 1), .5f, -2, 30),
            Tensor.of(Shape.of(3, 1), 1f, 0, .25f),
            7.700334998407723),
        arguments(
            new MeanSquaredError(),
            Tensor.of(Shape.of(2, 2), 1f, 2, 3, 5),
            Tensor.of(Shape.of(2, 2), 0f, 2, 1.5f, 4),
            1.0625));
  }

  @ParameterizedTest
  @MethodSource("values")
  void a_loss_is_that_of_pytorch(Loss loss, Tensor output, Tensor labels, double expected) {
    Loss.Target target = loss.target(output.shape(), labels);
    assertThat(loss.sum(output, target.values()) * target.scale())
        .isCloseTo(expected, within(2e-7));
  }

  @Test
  void binary_labels_may_be_ids() {
    Loss loss = new BinaryCrossEntropy();
    Shape shape = Shape.of(2, 1);
    assertThat(loss.target(shape, Tensor.of(Shape.of(2), 1L, 0)))
        .isEqualTo(loss.target(shape, Tensor.of(shape, 1f, 0)));
  }

  @Test
  void where_every_label_is_ignored_the_loss_is_zero() {
    Loss.Target target = PLAIN.ignoreIndex(9).target(LOGITS.shape(), Tensor.of(Shape.of(2), 9L, 9));
    assertThat(target.weight()).isZero();
    assertThat(PLAIN.sum(LOGITS, target.values()) * target.scale()).isZero();
  }

  @Test
  void huge_logits_do_not_overflow_and_nan_is_not_hidden() {
    Tensor huge = Tensor.of(Shape.of(1, 2), 1e30f, -1e30f);
    Tensor target = PLAIN.target(huge.shape(), Tensor.of(Shape.of(1), 0L)).values();
    assertThat(PLAIN.sum(huge, target)).isZero();
    assertThat(PLAIN.sum(Tensor.of(Shape.of(1, 2), 0f, Float.NaN), target)).isNaN();
    assertThat(
            new BinaryCrossEntropy().sum(Tensor.of(Shape.of(1), 1000f), Tensor.of(Shape.of(1), 0f)))
        .isEqualTo(1000);
  }

  @Test
  void a_label_beyond_the_classes_is_refused() {
    assertRefused(
        PLAIN, Tensor.of(Shape.of(2), 0L, 3), "label 1 is 3, but the model has 3 classes (0 to 2)");
    assertRefused(
        PLAIN.ignoreIndex(3),
        Tensor.of(Shape.of(2), 3L, -1),
        "label 1 is -1, but the model has 3 classes (0 to 2)");
  }

  @Test
  void labels_that_do_not_match_the_output_are_refused() {
    assertRefused(
        PLAIN, Tensor.of(Shape.of(1), 0L), "cross-entropy has 1 labels for logits [2, 3]");
    assertRefused(
        PLAIN,
        Tensor.of(Shape.of(2), 0f, 1),
        "cross-entropy needs class ids (int64) or distributions of shape [2, 3], but labels are"
            + " FLOAT32[2]");
    assertRefused(
        PLAIN.classWeights(List.of(1.0)), IDS, "cross-entropy has 1 class weights for 3 classes");
    assertRefused(
        new MeanSquaredError(),
        IDS,
        "mean squared error needs labels of the output's shape [2, 3], but they are INT64[2]");
    assertRefused(
        new BinaryCrossEntropy(),
        Tensor.of(Shape.of(2, 3), 0f, 0, 0, 0, 1.5f, 0),
        "binary cross-entropy needs labels within [0, 1], but label 4 is 1.5");
  }

  @Test
  void a_label_smoothing_out_of_range_is_refused() {
    assertThatThrownBy(() -> PLAIN.labelSmoothing(1.5))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("label smoothing must be within [0, 1], but is 1.5");
  }

  private static void assertRefused(Loss loss, Tensor labels, String message) {
    assertThatThrownBy(() -> loss.target(LOGITS.shape(), labels))
        .isInstanceOf(DataException.class)
        .hasMessage(message);
  }

  /** 2 sin(i), per pixel: [N, K, H, W]. */
  private static Tensor sines() {
    return Tensor.floats(
        Shape.of(2, 3, 2, 2),
        buffer -> {
          for (int i = 0; i < 24; i++) {
            buffer.put(i, (float) (2 * Math.sin(i)));
          }
        });
  }

  private static Tensor pixels() {
    return Tensor.of(Shape.of(2, 2, 2), 0L, 1, 2, 255, 1, 1, 0, 2);
  }
}
