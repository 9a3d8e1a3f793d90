package dev.trifocal.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.trifocal.error.ConfigurationException;
import dev.trifocal.error.DataException;
import dev.trifocal.error.GraphException;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.DataType;
import dev.trifocal.tensor.Tensor;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/**
 * Values are those of PyTorch 1.13 in double precision, made with {@code z, y, p, w} as the
 * constants below and
 *
 * <pre>
 * torch.nn.functional.cross_entropy(z, y, weight=w, label_smoothing=.1, ignore_index=1)
 * </pre>
 */
class SoftmaxCrossEntropyTest {
  private static final SoftmaxCrossEntropy PLAIN = new SoftmaxCrossEntropy();
  private static final SoftmaxCrossEntropy WEIGHTED = PLAIN.classWeights(List.of(0.5, 2.0, 1.25));
  private static final Tensor LOGITS =
      Tensor.of(Shape.of(4, 3), 1.5f, -0.5f, 0.25f, 0, 2, -1, -3, 0.5f, 1, 0.125f, 0.25f, -2);
  private static final Tensor IDS = ids(0, 2, 1, 1);
  private static final Tensor SHARES =
      Tensor.of(Shape.of(4, 3), .7f, .2f, .1f, 0, 0, 1, .25f, .5f, .25f, 0, 1, 0);

  /** {@code ((torch.arange(24) * 7 % 11) / 4 - 1).reshape(2, 3, 2, 2)}. */
  private static final Tensor PIXELS = counted(7, 11, 4, -1);

  private static final Tensor PIXEL_IDS =
      Tensor.of(Shape.of(2, 2, 2), new long[] {0, 2, 1, 1, 2, 255, 0, 1});

  @Test
  void class_ids_cost_their_negative_log_likelihood() {
    assertLoss(PLAIN, LOGITS, IDS, 1.2985719915335492);
  }

  @Test
  void class_weights_weigh_both_the_sum_and_the_mean() {
    assertLoss(WEIGHTED, LOGITS, IDS, 1.301437151634257);
    ClassLabels labels = new ClassLabels(0, WEIGHTED.classWeights(), OptionalLong.empty());
    assertThat(labels.weights().encode(LOGITS.shape(), IDS))
        .isEqualTo(Tensor.of(Shape.of(4, 1), 0.5f, 1.25f, 2, 2));
  }

  @Test
  void label_smoothing_spreads_a_share_over_all_classes() {
    assertLoss(PLAIN.labelSmoothing(0.1), LOGITS, IDS, 1.337113658200216);
  }

  @Test
  void label_smoothing_goes_together_with_class_weights() {
    assertLoss(WEIGHTED.labelSmoothing(0.1), LOGITS, IDS, 1.3019663632708502);
  }

  @Test
  void ignored_labels_count_for_nothing() {
    assertLoss(PLAIN.ignoreIndex(1), LOGITS, IDS, 1.7608989416795437);
    assertLoss(WEIGHTED.labelSmoothing(0.1).ignoreIndex(1), LOGITS, IDS, 2.3619599120754105);
  }

  /** PyTorch says NaN here, which would spoil the weights. */
  @Test
  void where_all_labels_are_ignored_the_loss_is_zero() {
    SoftmaxCrossEntropy loss = PLAIN.labelSmoothing(0.1).ignoreIndex(-100);
    assertThat(PlainGraph.loss(loss, LOGITS, ids(-100, -100, -100, -100))).isZero();
  }

  @Test
  void distributions_cost_their_cross_entropy() {
    assertLoss(PLAIN, LOGITS, SHARES, 1.6173219915335495);
  }

  @Test
  void distributions_are_weighted_in_the_sum_but_not_in_the_mean() {
    assertLoss(WEIGHTED, LOGITS, SHARES, 2.074612657823114);
    assertLoss(WEIGHTED.labelSmoothing(0.1), LOGITS, SHARES, 2.0549937243158296);
  }

  @Test
  void pixels_are_labelled_one_by_one() {
    SoftmaxCrossEntropy weighted = WEIGHTED.ignoreIndex(255);
    assertLoss(PLAIN.ignoreIndex(255), PIXELS, PIXEL_IDS, 1.111947718347207);
    assertLoss(weighted, PIXELS, PIXEL_IDS, 1.177644913193631);
    assertLoss(weighted.labelSmoothing(0.1), PIXELS, PIXEL_IDS, 1.1949720976869493);
  }

  /** Labels are {@code ((torch.arange(24) * 5 % 7) / 8).reshape(2, 3, 2, 2)}. */
  @Test
  void pixels_may_have_distributions() {
    Tensor shares = counted(5, 7, 8, 0);
    assertLoss(PLAIN, PIXELS, shares, 1.6686111737005582);
    assertLoss(WEIGHTED.labelSmoothing(0.1), PIXELS, shares, 2.202749732732623);
  }

  @Test
  void large_logits_do_not_overflow() {
    Tensor large = Tensor.of(Shape.of(2, 3), 1e4f, -1e4f, 0, 0, 1e4f, 1e4f);
    assertLoss(PLAIN, large, ids(1, 2), 10000.34657359028);
  }

  /** An ignored label too, since engines multiply by zero, which leaves NaN as it is. */
  @Test
  void a_logit_that_is_no_number_shows_in_the_loss() {
    Tensor spoilt = Tensor.of(Shape.of(1, 3), 0, Float.NaN, 0);
    SoftmaxCrossEntropy loss = PLAIN.ignoreIndex(-1);
    assertThat(PlainGraph.loss(loss, spoilt, ids(0))).isNaN();
    assertThat(PlainGraph.loss(loss, spoilt, ids(-1))).isNaN();
  }

  @Test
  void a_label_that_is_no_class_is_told_with_its_place() {
    refuses(PLAIN, LOGITS, ids(0, 1, 3, 2), "label 2 is 3, but the model has 3 classes (0 to 2)");
    refuses(PLAIN, LOGITS, ids(-1, 0, 0, 0), "label 0 is -1, but the model has 3 classes (0 to 2)");
    refuses(
        PLAIN.ignoreIndex(-1),
        LOGITS,
        ids(-1, 1L << 32, 0, 0),
        "label 1 is 4294967296, but the model has 3 classes (0 to 2)");
  }

  @Test
  void labels_of_another_shape_or_type_are_told_with_those_that_suit() {
    String needed =
        "labels must be class ids (int64) of shape [4] or distributions (float32) of shape [4, 3],"
            + " but are ";
    refuses(PLAIN, LOGITS, ids(0, 1, 2), needed + "INT64[3]");
    refuses(PLAIN, LOGITS, IDS.reshape(Shape.of(2, 2)), needed + "INT64[2, 2]");
    refuses(PLAIN, LOGITS, SHARES.reshape(Shape.of(3, 4)), needed + "FLOAT32[3, 4]");
    refuses(
        PLAIN, LOGITS, Tensor.make(Shape.of(4), DataType.INT32, buffer -> {}), needed + "INT32[4]");
    refuses(
        PLAIN,
        PIXELS,
        PIXEL_IDS.reshape(Shape.of(2, 4)),
        "labels must be class ids (int64) of shape [2, 2, 2] or distributions (float32) of shape"
            + " [2, 3, 2, 2], but are INT64[2, 4]");
  }

  @Test
  void logits_without_classes_are_told() {
    assertThatThrownBy(() -> ClassLabels.PLAIN.shape(Shape.of()))
        .isInstanceOf(GraphException.class)
        .hasMessage(
            "class labels need an output with a class axis, [K, ...] for each sample, but it is []");
  }

  @Test
  void settings_that_make_no_sense_are_told() {
    SoftmaxCrossEntropy two = PLAIN.classWeights(List.of(1.0, 2.0));
    assertThatThrownBy(() -> PlainGraph.loss(two, LOGITS, IDS))
        .isInstanceOf(GraphException.class)
        .hasMessage(
            "logits: the loss on output 'output' (SoftmaxCrossEntropy) cannot be built: 2 class"
                + " weights were given for 3 classes");
    assertThatThrownBy(() -> PLAIN.labelSmoothing(1.5))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("label smoothing must be within [0, 1], but is 1.5");
  }

  private static void assertLoss(Loss loss, Tensor logits, Tensor labels, double expected) {
    assertThat(PlainGraph.loss(loss, logits, labels)).isCloseTo(expected, within(1e-7 * expected));
  }

  private static void refuses(Loss loss, Tensor logits, Tensor labels, String message) {
    assertThatThrownBy(() -> PlainGraph.loss(loss, logits, labels))
        .isInstanceOf(DataException.class)
        .hasMessage(message);
  }

  private static Tensor ids(long... ids) {
    return Tensor.of(Shape.of(ids.length), ids);
  }

  private static Tensor counted(int factor, int modulus, float divisor, float offset) {
    return Tensor.floats(
        Shape.of(2, 3, 2, 2),
        buffer -> {
          for (int i = 0; i < buffer.capacity(); i++) {
            buffer.put(i * factor % modulus / divisor + offset);
          }
        });
  }
}
