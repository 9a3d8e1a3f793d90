package dev.trifocal.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LearningRateSweepTest {
  @Test
  void theLossFallsFastestInTheMiddleOfASlide() {
    LearningRateSweep trial = trial(1, 1, 40);
    assertThat(Math.log10(trial.steepest().orElseThrow())).isCloseTo(-3, within(0.2));
  }

  @Test
  void aTenthOfTheRateWithTheLowestLossIsTheOtherSuggestion() {
    LearningRateSweep trial = trial(1, 1, 40);
    double lowest = trial.points().get(trial.points().size() - 11).rate();
    assertThat(trial.belowLowest().orElseThrow()).isCloseTo(lowest / 10, within(1e-12));
  }

  @Test
  void aLossThatOnlyRisesHasNoBestRate() {
    List<LearningRateSweep.Point> rising = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      rising.add(new LearningRateSweep.Point(Math.pow(10, i / 10.0 - 6), i, i));
    }
    assertThat(new LearningRateSweep(rising).steepest()).isEmpty();
  }

  @Test
  void ofTooFewStepsNothingIsSaid() {
    LearningRateSweep trial =
        new LearningRateSweep(List.of(new LearningRateSweep.Point(0.1, 1, 1)));
    assertThat(trial.steepest()).isEmpty();
    assertThat(trial.belowLowest()).isEmpty();
  }

  /** Flat, then a slide from 10^-4 to 10^-2 with its steepest place between, then a rise. */
  private static LearningRateSweep trial(double from, double fall, int perSlide) {
    List<LearningRateSweep.Point> points = new ArrayList<>();
    for (int i = 0; i < perSlide; i++) {
      points.add(point(-6 + 2.0 * i / perSlide, from));
    }
    for (int i = 0; i <= perSlide; i++) {
      double place = (double) i / perSlide;
      points.add(point(-4 + 2 * place, from - fall * (1 - Math.cos(Math.PI * place)) / 2));
    }
    for (int i = 1; i <= 10; i++) {
      points.add(point(-2 + i / 20.0, from - fall + i));
    }
    return new LearningRateSweep(points);
  }

  private static LearningRateSweep.Point point(double exponent, double loss) {
    return new LearningRateSweep.Point(Math.pow(10, exponent), loss, loss);
  }
}
