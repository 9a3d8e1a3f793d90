package dev.trifocal.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.ConfigurationException;
import org.junit.jupiter.api.Test;

class ZooTest {
  @Test
  void every_model_is_found_by_its_name() {
    assertThat(Zoo.list()).isNotEmpty().allSatisfy(m -> assertThat(Zoo.find(m.name())).isSameAs(m));
  }

  @Test
  void no_two_models_share_a_name() {
    assertThat(Zoo.list()).extracting(ZooModel::name).doesNotHaveDuplicates();
  }

  @Test
  void the_oldest_model_stands_first() {
    assertThat(Zoo.list()).extracting(model -> model.paper().year()).isSorted();
  }

  @Test
  void an_unknown_name_is_answered_with_the_nearest_and_where_all_stand() {
    assertThatThrownBy(() -> Zoo.find("mnist-cn"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "there is no model 'mnist-cn' in the zoo (did you mean mnist-cnn?); 'trifocal zoo' lists"
                + " all "
                + Zoo.list().size());
  }

  @Test
  void a_name_like_no_other_is_answered_without_a_guess() {
    assertThatThrownBy(() -> Zoo.find("transformer"))
        .hasMessage(
            "there is no model 'transformer' in the zoo; 'trifocal zoo' lists all "
                + Zoo.list().size());
  }
}
