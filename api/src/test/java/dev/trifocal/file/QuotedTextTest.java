package dev.trifocal.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuotedTextTest {
  @Test
  void ordinary_text_stays_as_it_is() {
    assertThat(QuotedText.of("conv1.weight \u00e9")).isEqualTo("conv1.weight \u00e9");
  }

  @Test
  void control_characters_become_question_marks() {
    assertThat(QuotedText.of("a\u001b[2Jb\nc\u202ed")).isEqualTo("a?[2Jb?c?d");
  }

  @Test
  void long_text_ends_in_an_ellipsis() {
    assertThat(QuotedText.of("x".repeat(200))).isEqualTo("x".repeat(200));
    assertThat(QuotedText.of("x".repeat(201))).isEqualTo("x".repeat(200) + "...");
  }
}
