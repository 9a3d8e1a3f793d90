package dev.trifocal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.train.Adagrad;
import dev.trifocal.train.Adam;
import dev.trifocal.train.AdamW;
import dev.trifocal.train.Clipping;
import dev.trifocal.train.NAdam;
import dev.trifocal.train.Optimizer;
import dev.trifocal.train.RmsProp;
import dev.trifocal.train.Schedule;
import dev.trifocal.train.Sgd;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Optimizer and schedule are made from their words")
class OptimizerWordsTest {
  @Test
  void eachOptimizerHasItsOwnLearningRateAndPyTorchsDefaults() {
    assertThat(optimizer(Map.of("optimizer", "adam"))).isEqualTo(Adam.of(0.002));
    assertThat(optimizer(Map.of("optimizer", "adamw"))).isEqualTo(AdamW.of(0.002));
    assertThat(optimizer(Map.of("optimizer", "nadam"))).isEqualTo(NAdam.of(0.002));
    assertThat(optimizer(Map.of("optimizer", "rmsprop"))).isEqualTo(RmsProp.of(0.001));
    assertThat(optimizer(Map.of("optimizer", "sgd"))).isEqualTo(Sgd.of(0.05));
    assertThat(optimizer(Map.of("optimizer", "adagrad"))).isEqualTo(Adagrad.of(0.01));
  }

  @Test
  void everyHyperParameterArrives() {
    assertThat(
            optimizer(
                Map.of(
                    "optimizer",
                    "sgd",
                    "lr",
                    "0.1",
                    "momentum",
                    "0.9",
                    "nesterov",
                    "true",
                    "weight-decay",
                    "0.01")))
        .isEqualTo(Sgd.of(0.1).momentum(0.9).nesterov().weightDecay(0.01));
    assertThat(
            optimizer(
                Map.of(
                    "optimizer", "rmsprop", "lr", "0.1", "momentum", "0.5", "weight-decay", "0.2")))
        .isEqualTo(RmsProp.of(0.1).momentum(0.5).weightDecay(0.2));
    for (String kind : new String[] {"adam", "adamw", "nadam", "adagrad"}) {
      Optimizer optimizer = optimizer(Map.of("optimizer", kind, "weight-decay", "0.25"));
      assertThat(optimizer.toString()).contains("weightDecay=0.25");
    }
  }

  @Test
  void schedulesThatChangeBetweenEpochsCountInSteps() {
    assertThat(schedule(Map.of("schedule", "constant"))).isEqualTo(new Schedule.Constant());
    assertThat(schedule(Map.of("schedule", "cosine"))).isEqualTo(new Schedule.Cosine());
    assertThat(schedule(Map.of("schedule", "one-cycle"))).isEqualTo(new Schedule.OneCycle(0.3));
    assertThat(schedule(Map.of("schedule", "step", "step-size", "4", "gamma", "0.5")))
        .isEqualTo(new Schedule.Step(400, 0.5));
    assertThat(schedule(Map.of("schedule", "exponential"))).isEqualTo(new Schedule.Step(100, 0.9));
  }

  @Test
  void warmUpComesFirst() {
    assertThat(schedule(Map.of("schedule", "cosine", "warm-up", "20")))
        .isEqualTo(new Schedule.WarmUp(20, new Schedule.Cosine()));
  }

  @Test
  void atMostOneLimitOfGradientsIsSet() {
    assertThat(clipping(Map.of())).isEqualTo(new Clipping.None());
    assertThat(clipping(Map.of("clip-value", "0.5"))).isEqualTo(new Clipping.ByValue(0.5));
    assertThat(clipping(Map.of("clip-norm", "2"))).isEqualTo(new Clipping.ByGlobalNorm(2));
    assertThatThrownBy(() -> read(Map.of("clip-norm", "2", "clip-value", "1")))
        .hasMessage("trifocal.clip-value and clip-norm are mutually exclusive; remove one");
    assertThatThrownBy(() -> read(Map.of("clip-norm", "0")))
        .hasMessage("trifocal.clip-norm must be positive, but is 0");
  }

  private static Clipping clipping(Map<String, String> flags) {
    return read(flags).training().clipping().clipping();
  }

  private static Optimizer optimizer(Map<String, String> flags) {
    return read(flags).training().optimizer().optimizer();
  }

  private static Schedule schedule(Map<String, String> flags) {
    return read(flags).training().schedule().schedule(100);
  }

  private static Settings read(Map<String, String> flags) {
    return new SettingsSources(Optional.empty(), Map.of(), flags).read();
  }
}
