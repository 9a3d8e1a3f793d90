package dev.trifocal.apps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.train.ExponentialMovingAverage;
import dev.trifocal.train.SoftmaxCrossEntropy;
import dev.trifocal.trainer.RunDirectory;
import dev.trifocal.trainer.TrainingState;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Averages, class weights and a rate that follows the loss")
class ClassWeightsEndToEndTest {
  @TempDir Path folder;

  @Test
  void areSettingsOfARunAndAreFollowed() {
    AppRun trained =
        AppRun.in(
            folder,
            "train",
            "--out",
            "run",
            "--epochs",
            "3",
            "--ema",
            "0.9",
            "--class-weights",
            "balanced",
            "--schedule",
            "plateau",
            "--plateau-patience",
            "0",
            "--plateau-threshold",
            "0.99",
            "--gamma",
            "0.5",
            "--lr",
            "0.004",
            "--threads",
            "1");
    assertThat(trained.err()).isEmpty();
    assertThat(trained.exitCode()).isZero();
    RunDirectory run = RunDirectory.at(folder.resolve("run"));
    TrainingState last = run.last();
    assertThat(last.plan().optimizer()).isInstanceOf(ExponentialMovingAverage.class);
    SoftmaxCrossEntropy loss = (SoftmaxCrossEntropy) last.plan().objectives().get(0).loss();
    assertThat(loss.classWeights()).hasSize(10).doesNotContain(0.0);
    assertThat(last.progress().history())
        .extracting(epoch -> epoch.lr())
        .containsExactly(0.004, 0.004, 0.002);
    assertThat(last.progress().callbacks().states()).containsKey("ReduceOnPlateau");
    assertThat(run.best().checkpoint().weights())
        .isEqualTo(run.best().checkpoint().averaged().weights());
    AppRun evaluated = AppRun.in(folder, "evaluate", "run");
    assertThat(trained.out()).contains(evaluated.out());
  }

  @Test
  void areRefusedWhereTheyDoNotFit() {
    AppRun weights = AppRun.in(folder, "train", "--class-weights", "1,2");
    assertThat(weights.exitCode()).isEqualTo(2);
    assertThat(weights.err())
        .startsWith("error: class-weights has 2 weights, but digits/train has 10 classes: 0, 1, 2");
    AppRun words = AppRun.in(folder, "train", "--class-weights", "fair", "--ema", "1");
    assertThat(words.exitCode()).isEqualTo(2);
    assertThat(words.err())
        .contains(
            "--class-weights must be none, balanced, median-frequency, or a non-negative number for each class, but has 'fair'")
        .contains("--ema must be at least 0 and below 1, but is 1");
    AppRun gamma = AppRun.in(folder, "train", "--schedule", "plateau", "--gamma", "1");
    assertThat(gamma.err()).contains("--gamma must be below 1 for the schedule plateau");
    assertThat(folder.resolve("runs")).doesNotExist();
  }
}
