package dev.trifocal.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class WallTimeTest {
  private final WallTime time = new WallTime("training");

  @Test
  void aTrainingOfOnePhaseHasTheNameThatItWasGiven() {
    ToyProblem.trainer(time)
        .fit(
            ToyProblem.start(),
            ToyProblem.DATA,
            ToyProblem.OPTIONS,
            new MemoryCheckpoints(),
            () -> false);
    assertThat(time.phases()).extracting(PhaseTime::phase).containsExactly("training");
    PhaseTime all = time.phases().get(0);
    assertThat(all.data()).isPositive();
    assertThat(all.engine()).isPositive();
    assertThat(all.other()).isNotNegative();
  }

  @Test
  void secondsBelongToThePhaseInWhichTheyWereSpent() {
    time.phaseStarted("base frozen");
    time.batchTimed(new BatchTiming(1, 3));
    time.batchTimed(new BatchTiming(2, 6));
    time.phaseStarted("fine-tuning");
    time.batchTimed(new BatchTiming(0, 5));
    assertThat(time.phases()).extracting(PhaseTime::data).containsExactly(3.0, 0.0);
    assertThat(time.phases()).extracting(PhaseTime::engine).containsExactly(9.0, 5.0);
    assertThat(time.phases().get(0).waiting()).isCloseTo(0.25, within(1e-12));
  }

  @Test
  void whereNothingWasComputedNothingWaited() {
    time.phaseStarted("nothing");
    assertThat(time.phases().get(0).waiting()).isZero();
  }
}
