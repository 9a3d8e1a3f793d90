package dev.trifocal.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.DataException;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ClassMetricsTest {
  private static final Precision PRECISION = new Precision("output");
  private static final Recall RECALL = new Recall("output");
  private static final Auc AUC = new Auc("output");

  private static MetricSums sums(Metric metric, int units, float[] logits, long... labels) {
    Tensor output = Tensor.of(Shape.of(labels.length, units), logits);
    return metric.sums(Map.of("output", output), Tensor.of(Shape.of(labels.length), labels));
  }

  private static OptionalDouble value(Metric metric, int units, float[] logits, long... labels) {
    return metric.value(sums(metric, units, logits, labels));
  }

  @Test
  void a_class_that_no_sample_belongs_to_or_was_taken_for_is_left_out_of_the_mean() {
    float[] logits = {1, 0, 0, 0, 1, 0, 0, 1, 0};
    // Class 0: 1 of 1; class 1: 1 of 2 taken, 1 of 1 found. Class 2 does not occur.
    assertThat(value(PRECISION, 3, logits, 0, 1, 0)).hasValue((1 + 0.5) / 2);
    assertThat(value(RECALL, 3, logits, 0, 1, 0)).hasValue((0.5 + 1) / 2);
    assertThat(value(PRECISION, 3, logits, 0, 1, 2)).hasValue((1 + 0.5 + 0) / 3);
  }

  @Test
  void with_one_unit_class_1_alone_counts() {
    assertThat(value(PRECISION, 1, new float[] {2, 3, -1, -4}, 1, 0, 0, 0)).hasValue(0.5);
    assertThat(value(RECALL, 1, new float[] {2, 3, -1, -4}, 1, 0, 0, 0)).hasValue(1);
    assertThat(value(PRECISION, 1, new float[] {-2, -3}, 1, 1)).hasValue(0);
  }

  @Test
  void ignored_labels_and_logits_that_are_no_numbers_hit_nothing() {
    float[] logits = {5, 0, Float.NaN, 0, 0, 5};
    assertThat(value(RECALL, 2, logits, 0, 0, -100)).hasValue(0.5);
    assertThat(value(PRECISION, 2, logits, 0, 0, -100)).hasValue(1);
    assertThat(value(RECALL, 2, logits, -1, -1, -1)).isEmpty();
  }

  @Test
  void the_area_is_the_share_of_pairs_in_the_right_order() {
    float[] logits = {3, 1, 2, 0};
    assertThat(value(AUC, 1, logits, 1, 1, 0, 0)).hasValue(0.75);
    assertThat(value(AUC, 1, new float[] {1, 1, 0, 2}, 1, 0, 0, 1)).hasValue(3.5 / 4);
    assertThat(value(AUC, 1, new float[] {100, 90, -90, -100}, 1, 1, 0, 0)).hasValue(1);
    // Two classes: the second against the first.
    assertThat(value(AUC, 2, new float[] {0, 3, 1, 2, 2, 0}, 1, 0, 0)).hasValue(1);
  }

  @Test
  void the_area_of_one_class_alone_is_not_determined() {
    assertThat(value(AUC, 1, new float[] {3, 1}, 1, 1)).isEmpty();
    // Of three classes two occur: the mean is over these.
    float[] logits = {4, 0, 0, 3, 1, 0, 0, 5, 0};
    assertThat(value(AUC, 3, logits, 0, 0, 1)).hasValue(1);
  }

  @Test
  void pixels_count_one_by_one() {
    Tensor logits = Tensor.of(Shape.of(1, 2, 1, 3), new float[] {1, 0, 2, 0, 1, 3});
    Tensor labels = Tensor.of(Shape.of(1, 1, 3), new long[] {0, 1, 0});
    assertThat(RECALL.value(RECALL.sums(Map.of("output", logits), labels))).hasValue(0.75);
  }

  @Test
  void sums_add_up_by_name_and_keep_their_form() {
    MetricSums a = MetricSums.of("x", 1).and("row", 1, 2);
    assertThat(a.plus(MetricSums.of("row", 10, 20).and("x", 5)))
        .isEqualTo(MetricSums.of("x", 6).and("row", 11, 22))
        .hasSameHashCodeAs(MetricSums.of("row", 11, 22).and("x", 6))
        .isNotEqualTo(MetricSums.of("x", 6).and("row", 11, 23))
        .hasToString("Sums{x=6.0, row=[11.0, 22.0]}");
    assertThat(a.plus(MetricSums.NONE)).isEqualTo(a);
    assertThat(MetricSums.NONE.plus(a)).isEqualTo(a);
    a.row("row")[0] = 9;
    assertThat(a.row("row")).containsExactly(1, 2);
    assertThatThrownBy(() -> a.plus(MetricSums.of("x", 1)))
        .isInstanceOf(DataException.class)
        .hasMessage("sums of {x=1} cannot be added to {x=1, row=2}");
    assertThatThrownBy(() -> a.value("row"))
        .isInstanceOf(DataException.class)
        .hasMessage("'row' is a row of 2 sums, not one");
    assertThatThrownBy(() -> a.value("y"))
        .isInstanceOf(DataException.class)
        .hasMessage("there is no sum 'y'; there are [x, row]");
  }
}
