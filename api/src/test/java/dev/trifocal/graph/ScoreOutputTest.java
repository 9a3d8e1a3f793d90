package dev.trifocal.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.ConfigurationException;
import dev.trifocal.layer.ScoreKind;
import dev.trifocal.shape.Shape;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The output that classifies")
class ScoreOutputTest {
  private static final ScoreOutput FEATURES = output("features", 4, ScoreKind.LOGITS);
  private static final ScoreOutput LOGITS = output("logits", 5, ScoreKind.LOGITS);
  private static final ScoreOutput PROBABILITIES = output("p", 5, ScoreKind.PROBABILITIES);
  private static final ScoreOutput BOXES =
      new ScoreOutput(
          "boxes", Optional.of(Shape.of(10, 4)), ScoreKind.LOGITS, "boxes", Optional.empty());

  @Test
  void is_the_only_one() {
    assertThat(choose(0, FEATURES)).isEqualTo("features");
  }

  @Test
  void is_the_one_of_probabilities_wherever_it_stands() {
    assertThat(choose(0, FEATURES, PROBABILITIES)).isEqualTo("p");
    assertThat(choose(0, PROBABILITIES, FEATURES)).isEqualTo("p");
    assertThat(choose(4, PROBABILITIES, FEATURES)).isEqualTo("p");
  }

  @Test
  void is_the_one_with_a_number_for_each_class_name() {
    assertThat(choose(5, FEATURES, LOGITS)).isEqualTo("logits");
    assertThat(choose(5, LOGITS, BOXES)).isEqualTo("logits");
  }

  @Test
  void is_the_one_whose_likeliest_class_another_names() {
    ScoreOutput ids =
        new ScoreOutput(
            "label", Optional.of(Shape.of()), ScoreKind.CLASS_IDS, "logits", Optional.empty());
    assertThat(choose(0, FEATURES, LOGITS, ids)).isEqualTo("logits");
    assertThat(choose(0, ids, LOGITS, FEATURES)).isEqualTo("logits");
    assertThat(choose(0, FEATURES, ids)).isEqualTo("label");
  }

  @Test
  void is_the_first_of_several_heads_with_equally_many_classes() {
    assertThat(choose(0, LOGITS, output("aux", 5, ScoreKind.LOGITS))).isEqualTo("logits");
    assertThat(choose(0, output("aux", 5, ScoreKind.LOGITS), output("output", 5, ScoreKind.LOGITS)))
        .isEqualTo("output");
  }

  @Test
  void must_be_named_where_the_model_leaves_it_open() {
    assertThatThrownBy(() -> choose(0, FEATURES, LOGITS))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "net does not tell which of its outputs classifies: features [4], logits [5]; choose one by its name");
    assertThat(
            ScoreOutput.choose("net", List.of(FEATURES, LOGITS), 0, Optional.of("logits")).name())
        .isEqualTo("logits");
    assertThatThrownBy(() -> ScoreOutput.choose("net", List.of(FEATURES), 0, Optional.of("logit")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("net has no output 'logit'; its outputs are features [4]");
  }

  private static String choose(int classes, ScoreOutput... outputs) {
    return ScoreOutput.choose("net", List.of(outputs), classes, Optional.empty()).name();
  }

  private static ScoreOutput output(String name, int units, ScoreKind kind) {
    return new ScoreOutput(name, Optional.of(Shape.of(units)), kind, name, Optional.empty());
  }
}
