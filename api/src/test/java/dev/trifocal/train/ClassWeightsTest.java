package dev.trifocal.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.DataException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassWeightsTest {
  @Test
  void balanced_weights_are_those_of_scikit_learn() {
    // compute_class_weight("balanced", classes=[0, 1, 2], y=[0, 0, 0, 0, 1, 2, 2, 2])
    assertThat(ClassWeights.balanced(List.of(4L, 1L, 3L)))
        .containsExactly(8 / 12.0, 8 / 3.0, 8 / 9.0);
  }

  @Test
  void median_frequencies_are_those_of_eigen_and_fergus() {
    // Shares: 4 of 8, 1 of 4 and 3 of 4, whose median is a half.
    assertThat(ClassWeights.medianFrequency(List.of(4L, 1L, 3L), List.of(8L, 4L, 4L)))
        .containsExactly(1.0, 2.0, 2 / 3.0);
  }

  @Test
  void the_median_of_an_even_number_is_in_the_middle() {
    assertThat(ClassWeights.medianFrequency(List.of(3L, 1L), List.of(4L, 4L)))
        .containsExactly(0.5 / 0.75, 2.0);
  }

  @Test
  void a_class_without_samples_is_named() {
    assertThatThrownBy(() -> ClassWeights.balanced(List.of(1L, 0L, 2L)))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "class 1 has no samples; balanced class weights need at least one sample per class");
  }
}
