package dev.trifocal.apps.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A guess")
class GuessTest {
  @Test
  void isMadeByTheLargestLogits() {
    List<Guess> best = Guess.best(new float[] {0, 2, 1}, List.of("ant", "bee", "cat"), 2);
    assertThat(best).extracting(Guess::name).containsExactly("bee", "cat");
    assertThat(best.get(0).probability()).isCloseTo(0.665241, within(1e-6));
    assertThat(Guess.best(new float[] {1, 2}, List.of(), 1))
        .extracting(Guess::name)
        .containsExactly("class 1");
  }
}
