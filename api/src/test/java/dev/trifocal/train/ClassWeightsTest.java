package dev.trifocal.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.DataException;
import org.junit.jupiter.api.Test;

class ClassWeightsTest {
  @Test
  void balanced_weights_are_those_of_scikit_learn() {
    // compute_class_weight("balanced", classes=[0, 1, 2], y=[0, 0, 0, 0, 1, 2, 2, 2])
    assertThat(ClassWeights.balanced(new long[] {0, 0, 0, 0, 1, 2, 2, 2}, 3))
        .containsExactly(8 / 12.0, 8 / 3.0, 8 / 9.0);
  }

  @Test
  void labels_that_are_no_class_count_for_nothing() {
    assertThat(ClassWeights.balanced(new long[] {0, 1, -100, 7}, 2)).containsExactly(1.0, 1.0);
  }

  @Test
  void a_class_without_samples_is_named() {
    assertThatThrownBy(() -> ClassWeights.balanced(new long[] {0, 2}, 3))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "class 1 has no samples; balanced class weights need at least one sample per class");
  }
}
