package dev.trifocal.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.trifocal.error.CallbackException;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.train.Sgd;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReduceOnPlateauTest {
  private static final double RATE = 0.1;

  static Stream<String> golden() throws IOException {
    try (InputStream in = ReduceOnPlateauTest.class.getResourceAsStream("plateau.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines();
    }
  }

  @ParameterizedTest
  @MethodSource("golden")
  void ratesAreThoseOfPyTorchAfterEveryEpochAndAlsoAfterARestore(String line) {
    String[] words = line.split(" ");
    double[] values = numbers(words[6]);
    double[] rates = numbers(words[7]);
    ReduceOnPlateau plateau = plateau(words);
    ReduceOnPlateau again = plateau(words);
    TrainingProgress progress = TrainingProgress.start();
    assertThat(rates[rates.length - 1]).isLessThan(RATE);
    for (int epoch = 1; epoch <= values.length; epoch++) {
      TrainingControl control = new TrainingControl(progress, epoch, RATE);
      plateau.epochEnded(record(epoch, values[epoch - 1]), control);
      assertThat(control.learningRate()).isCloseTo(rates[epoch - 1], within(1e-15));
      TrainingControl other = new TrainingControl(progress, epoch, RATE);
      again.epochEnded(record(epoch, values[epoch - 1]), other);
      assertThat(other.learningRate()).isEqualTo(control.learningRate());
      again = plateau(words);
      again.restore(plateau.state());
      progress = control.applied();
    }
  }

  @Test
  void aResumedRunLowersTheRateWhereAWholeOneDoes() {
    ReduceOnPlateau eager = new ReduceOnPlateau().patience(0).threshold(0.9).factor(0.5);
    TrainingState start = ToyProblem.start(ToyProblem.plan(Sgd.of(RATE)));
    FitOptions options = ToyProblem.OPTIONS.epochs(6);
    TrainingResult whole =
        ToyProblem.trainer(eager)
            .fit(start, ToyProblem.DATA, options, new MemoryCheckpoints(), StopSignal.NEVER);
    assertThat(whole.history()).extracting(EpochRecord::lr).contains(0.05, 0.0125);
    MemoryCheckpoints sink = new MemoryCheckpoints();
    AtomicBoolean stop = new AtomicBoolean();
    Callback interrupt =
        new Callback() {
          @Override
          public void stepEnded(StepEvent step, TrainingControl control) {
            stop.set(step.step() == 14);
          }
        };
    ToyProblem.trainer(Callbacks.of(eager, interrupt))
        .fit(start, ToyProblem.DATA, options, sink, stop::get);
    TrainingResult resumed =
        ToyProblem.trainer(new ReduceOnPlateau().patience(0).threshold(0.9).factor(0.5))
            .fit(sink.last(), ToyProblem.DATA, options, sink, StopSignal.NEVER);
    assertThat(ToyProblem.timeless(resumed.last())).isEqualTo(ToyProblem.timeless(whole.last()));
  }

  @Test
  void aValueThatIsNotMeasuredIsNamed() {
    Callback plateau = new ReduceOnPlateau().monitor("val_auc", ReduceOnPlateau.Mode.MAX);
    assertThatThrownBy(
            () ->
                ToyProblem.trainer(plateau)
                    .fit(
                        ToyProblem.start(),
                        ToyProblem.DATA,
                        ToyProblem.OPTIONS,
                        new MemoryCheckpoints(),
                        StopSignal.NEVER))
        .isInstanceOf(CallbackException.class)
        .hasMessage(
            "the callback ReduceOnPlateau failed: reduce on plateau monitors val_auc, but epochs"
                + " have [loss, accuracy, top_2, val_loss, val_accuracy, val_top_2] (epoch 2, batch"
                + " 0); the state after step 4 is saved");
  }

  @Test
  void settingsOutOfRangeAreRefused() {
    assertThatThrownBy(() -> new ReduceOnPlateau().factor(1))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("reduce on plateau: factor must be above 0 and below 1, but is 1.0");
    assertThatThrownBy(() -> new ReduceOnPlateau().patience(-1))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("reduce on plateau: patience, cooldown, threshold");
  }

  private static ReduceOnPlateau plateau(String[] words) {
    ReduceOnPlateau.Mode mode =
        words[0].equals("min") ? ReduceOnPlateau.Mode.MIN : ReduceOnPlateau.Mode.MAX;
    return new ReduceOnPlateau()
        .monitor("value", mode)
        .factor(Double.parseDouble(words[1]))
        .patience(Integer.parseInt(words[2]))
        .threshold(Double.parseDouble(words[3]))
        .cooldown(Integer.parseInt(words[4]))
        .minLearningRate(Double.parseDouble(words[5]));
  }

  private static EpochRecord record(int epoch, double value) {
    return new EpochRecord(epoch, Map.of("value", value), RATE, 0);
  }

  private static double[] numbers(String text) {
    return List.of(text.split(",")).stream().mapToDouble(Double::parseDouble).toArray();
  }
}
