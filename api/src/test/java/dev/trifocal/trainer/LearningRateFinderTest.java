package dev.trifocal.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.trifocal.backend.RunOptions;
import dev.trifocal.data.Batch;
import dev.trifocal.data.Dataset;
import dev.trifocal.data.Splits;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.Sgd;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LearningRateFinderTest {
  private final TrainingState start = ToyProblem.start(ToyProblem.plan(Sgd.of(0.5)));

  @Test
  void theRateRisesByTheSameFactorFromStepToStep() {
    LearningRateSweep trial = run(new LearningRateFinder(1e-4, 1e-1, 7));
    assertThat(trial.points()).hasSize(7);
    assertThat(trial.points().get(0).rate()).isEqualTo(1e-4);
    assertThat(trial.points().get(2).rate()).isCloseTo(1e-3, within(1e-12));
    assertThat(trial.points().get(6).rate()).isCloseTo(1e-1, within(1e-12));
  }

  @Test
  void itsFirstStepsAreThoseOfATraining() {
    List<Double> losses =
        run(new LearningRateFinder(1e-30, 1e-29, 3)).points().stream()
            .map(LearningRateSweep.Point::loss)
            .toList();
    assertThat(losses).doesNotHaveDuplicates().allMatch(loss -> loss > 0);
    assertThat(run(new LearningRateFinder(1e-30, 1e-29, 3)).points())
        .extracting(LearningRateSweep.Point::loss)
        .isEqualTo(losses);
  }

  @Test
  void aSmoothedLossIsTheMeanOfLossesCorrectedForItsStart() {
    List<LearningRateSweep.Point> points = run(new LearningRateFinder(1e-4, 1e-1, 3)).points();
    double first = points.get(0).loss();
    double second = points.get(1).loss();
    assertThat(points.get(0).smoothed()).isCloseTo(first, within(1e-12));
    assertThat(points.get(1).smoothed())
        .isCloseTo((0.09 * first + 0.1 * second) / 0.19, within(1e-12));
  }

  @Test
  void itStopsWhereTheLossDiverges() {
    LearningRateSweep trial =
        run(new LearningRateFinder(1e-2, 1e9, 200), ToyProblem.training(new Contradictions()));
    assertThat(trial.points()).hasSizeLessThan(200);
    double best =
        trial.points().stream().mapToDouble(LearningRateSweep.Point::smoothed).min().orElseThrow();
    double last = trial.points().get(trial.points().size() - 1).smoothed();
    assertThat(last <= 4 * best).isFalse();
  }

  @Test
  void aRangeThatDoesNotRiseIsRefused() {
    assertThatThrownBy(() -> new LearningRateFinder(0.1, 0.1, 10))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "a range test needs increasing rates above 0 and at least 2 steps, but has 0.1 to 0.1 in"
                + " 10");
  }

  @Test
  void engineLearnsTheSizeOfMostBatches() {
    LinearBackend backend = new LinearBackend();
    new LearningRateFinder(1e-4, 1e-1, 3)
        .run(
            backend,
            RunOptions.DEFAULT,
            start,
            ToyProblem.DATA,
            ToyProblem.OPTIONS,
            StopSignal.NEVER);
    assertThat(backend.trainedWith())
        .containsExactly(RunOptions.DEFAULT.typicalBatchSize(ToyProblem.OPTIONS.batchSize()));
  }

  @Test
  void stepsOfAccumulatedBatchesAreThoseOfLargerBatches() {
    // 30 samples: the last step of an epoch has fewer, as 4 + 2 or as 6.
    LearningRateFinder finder = new LearningRateFinder(1e-3, 1, 10);
    List<LearningRateSweep.Point> whole = run(finder, FitOptions.of(1, 8)).points();
    List<LearningRateSweep.Point> accumulated =
        run(finder, FitOptions.of(1, 4).accumulate(2)).points();
    assertThat(whole).hasSize(10).extracting(LearningRateSweep.Point::loss).doesNotHaveDuplicates();
    assertThat(accumulated).hasSize(10);
    for (int i = 0; i < whole.size(); i++) {
      assertThat(accumulated.get(i).rate()).isEqualTo(whole.get(i).rate());
      assertThat(accumulated.get(i).loss()).isCloseTo(whole.get(i).loss(), withinPercentage(1e-3));
    }
  }

  private LearningRateSweep run(LearningRateFinder test, FitOptions options) {
    return test.run(
        new LinearBackend(), RunOptions.DEFAULT, start, ToyProblem.DATA, options, StopSignal.NEVER);
  }

  private LearningRateSweep run(LearningRateFinder test) {
    return run(test, ToyProblem.DATA);
  }

  private LearningRateSweep run(LearningRateFinder test, Splits data) {
    return test.run(
        new LinearBackend(), RunOptions.DEFAULT, start, data, ToyProblem.OPTIONS, StopSignal.NEVER);
  }

  /** One and the same sample in all classes, which nobody can tell apart. */
  private record Contradictions() implements Dataset {
    @Override
    public String name() {
      return "contradictions";
    }

    @Override
    public int size() {
      return 30;
    }

    @Override
    public Map<String, Shape> inputShapes() {
      return ToyProblem.DATA.train().inputShapes();
    }

    @Override
    public List<String> classes() {
      return ToyProblem.DATA.train().classes();
    }

    @Override
    public Batch batch(int[] indices) {
      long[] labels = IntStream.of(indices).mapToLong(i -> i % 3).toArray();
      return Batch.of(
          Tensor.floats(
              sampleShape().batch(indices.length),
              buffer -> {
                while (buffer.hasRemaining()) {
                  buffer.put(1);
                }
              }),
          Tensor.of(Shape.of(indices.length), labels));
    }

    @Override
    public String digest() {
      return "contradictions";
    }
  }
}
