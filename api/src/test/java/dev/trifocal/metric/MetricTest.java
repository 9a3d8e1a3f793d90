package dev.trifocal.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.ConfigurationException;
import dev.trifocal.error.DataException;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import org.junit.jupiter.api.Test;

class MetricTest {
  private static final float NAN = Float.NaN;
  private static final Accuracy ACCURACY = new Accuracy("output");

  /** Five samples of four classes. */
  private static final Tensor LOGITS =
      Tensor.of(
          Shape.of(5, 4),
          new float[] {
            0, 9, 2, 1,
            3, 2, 1, 0,
            -4, -3, -2, -1,
            5, 7, 6, 8,
            1, 0, 3, 2
          });

  private static final Tensor LABELS = Tensor.of(Shape.of(5), new long[] {1, 1, 3, 0, 0});

  @Test
  void accuracyIsTheShareOfSamplesWhoseLargestLogitIsTheLabels() {
    assertThat(ACCURACY.of(LOGITS, LABELS)).isEqualTo(new WeightedMean(2, 5));
    assertThat(ACCURACY.of(LOGITS, LABELS).value()).isEqualTo(0.4);
  }

  @Test
  void topKCountsLabelsAmongTheKLargestLogits() {
    assertThat(new TopK("output", 1).of(LOGITS, LABELS)).isEqualTo(new WeightedMean(2, 5));
    assertThat(new TopK("output", 2).of(LOGITS, LABELS)).isEqualTo(new WeightedMean(3, 5));
    assertThat(new TopK("output", 3).of(LOGITS, LABELS)).isEqualTo(new WeightedMean(4, 5));
    assertThat(new TopK("output", 4).of(LOGITS, LABELS)).isEqualTo(new WeightedMean(5, 5));
    assertThat(new TopK("output", 9).of(LOGITS, LABELS)).isEqualTo(new WeightedMean(5, 5));
  }

  @Test
  void amongEqualLogitsTheEarlierClassComesFirst() {
    Tensor equal = Tensor.of(Shape.of(3, 3), new float[9]);
    Tensor labels = Tensor.of(Shape.of(3), new long[] {0, 1, 2});
    assertThat(ACCURACY.of(equal, labels)).isEqualTo(new WeightedMean(1, 3));
    assertThat(new TopK("output", 2).of(equal, labels)).isEqualTo(new WeightedMean(2, 3));
  }

  @Test
  void aLogitThatIsNoNumberIsNeverRight() {
    Tensor logits = Tensor.of(Shape.of(3, 2), new float[] {NAN, 0, 5, NAN, NAN, NAN});
    Tensor labels = Tensor.of(Shape.of(3), new long[] {0, 0, 1});
    assertThat(ACCURACY.of(logits, labels)).isEqualTo(new WeightedMean(0, 3));
  }

  @Test
  void oneUnitSaysYesWherePositive() {
    Tensor logits = Tensor.of(Shape.of(5, 1), new float[] {2, -2, 3, 0, NAN});
    Tensor labels = Tensor.of(Shape.of(5), new long[] {1, 1, 0, 0, 0});
    assertThat(ACCURACY.of(logits, labels)).isEqualTo(new WeightedMean(2, 5));
    Tensor shares = Tensor.of(Shape.of(5, 1), new float[] {1, 0.9f, 0, 0.2f, 0});
    assertThat(ACCURACY.of(logits, shares)).isEqualTo(new WeightedMean(2, 5));
  }

  @Test
  void pixelsCountOneByOne() {
    // Two classes, one row of three pixels: class planes lie behind one another.
    Tensor logits = Tensor.of(Shape.of(1, 2, 1, 3), new float[] {1, 0, 2, 0, 1, 3});
    Tensor labels = Tensor.of(Shape.of(1, 1, 3), new long[] {0, 1, 0});
    assertThat(ACCURACY.of(logits, labels)).isEqualTo(new WeightedMean(2, 3));
  }

  @Test
  void labelsThatAreNoClassCountForNothing() {
    Tensor labels = Tensor.of(Shape.of(5), new long[] {1, -100, 255, 4, 2});
    assertThat(ACCURACY.of(LOGITS, labels)).isEqualTo(new WeightedMean(2, 2));
    Tensor none = Tensor.of(Shape.of(5), new long[] {-1, -1, -1, -1, -1});
    assertThat(ACCURACY.of(LOGITS, none)).isEqualTo(WeightedMean.NONE);
  }

  @Test
  void ofADistributionTheLikeliestClassIsTheLabel() {
    Tensor logits = Tensor.of(Shape.of(2, 3), new float[] {1, 2, 3, 3, 2, 1});
    Tensor shares = Tensor.of(Shape.of(2, 3), new float[] {0.2f, 0.2f, 0.6f, 0.1f, 0.8f, 0.1f});
    assertThat(ACCURACY.of(logits, shares)).isEqualTo(new WeightedMean(1, 2));
  }

  @Test
  void meansOfPartsAddUpToTheMeanOfTheWhole() {
    assertThat(new WeightedMean(3, 4).plus(new WeightedMean(1, 1)).value()).isEqualTo(0.8);
    assertThat(WeightedMean.NONE.plus(new WeightedMean(3, 4))).isEqualTo(new WeightedMean(3, 4));
    assertThat(WeightedMean.NONE.value()).isNaN();
  }

  @Test
  void namesAreThoseOfHistories() {
    assertThat(ACCURACY.name()).isEqualTo("accuracy");
    assertThat(new TopK("aux", 5).name()).isEqualTo("top_5");
    assertThat(new TopK("aux", 5).output()).isEqualTo("aux");
  }

  @Test
  void labelsOfAnotherCountAreRefused() {
    assertThatThrownBy(() -> ACCURACY.of(LOGITS, Tensor.of(Shape.of(2), new long[] {0, 1})))
        .isInstanceOf(DataException.class)
        .hasMessage("there are 2 labels for logits of shape [5, 4]");
    assertThatThrownBy(() -> ACCURACY.of(LOGITS, Tensor.of(Shape.of(5), new float[5])))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "labels must be class ids (int64) or of the output's shape [5, 4], but are FLOAT32[5]");
    assertThatThrownBy(() -> new TopK("output", 0))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("top-k needs a k of 1 or more, but it is 0");
  }
}
