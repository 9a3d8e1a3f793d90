package dev.trifocal.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.StepMemory;
import dev.trifocal.backend.StepSize;
import dev.trifocal.graph.Graph;
import dev.trifocal.layer.Layer;
import dev.trifocal.shape.Shape;
import dev.trifocal.train.Adam;
import dev.trifocal.train.Sgd;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.trainer.MicroBatchFinder.MicroBatch;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The engine here takes a fixed amount, and one for each sample of a batch. */
@DisplayName("The largest micro-batch that fits is found by prediction")
class MicroBatchFinderTest {
  private static final long FIXED = 200L << 20;
  private static final long SAMPLE = 3L << 20;
  private static final int LOADER_THREADS = 2;

  /** The bytes of a sample {@code [1, 2, 3]}. */
  private static final long INPUT = 6L * Float.BYTES;

  /** The bytes of the parameters of a dense layer of 6 numbers to 3. */
  private static final long WEIGHTS = (6L * 3 + 3) * Float.BYTES;

  private static final TrainingPlan ADAM = ToyProblem.plan(Adam.of(0.05));

  private final PredictingBackend affine =
      new PredictingBackend(size -> Optional.of(step(size, 0)));
  private final MicroBatchFinder finder = finder(affine, ADAM);

  @Test
  void aBatchThatFitsStaysWhole() {
    assertThat(finder.largest(StepSize.of(48), peak(48)).orElseThrow().size())
        .isEqualTo(StepSize.of(48));
    assertThat(finder.largest(StepSize.of(48), peak(48) - 1).orElseThrow().size())
        .isEqualTo(new StepSize(24, 2));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 13, 15, 64, 97, 105, 360})
  void aBatchThatDoesNotFitIsDividedIntoTheLargestPartsThatDo(int batchSize) {
    StepSize wanted = StepSize.of(batchSize);
    for (int samples = 0; samples <= batchSize + 1; samples++) {
      for (long bytes = peak(samples) - 1; bytes <= peak(samples) + 1; bytes++) {
        assertThat(finder.largest(wanted, bytes).map(MicroBatch::size))
            .as("a batch of %d in %d bytes", batchSize, bytes)
            .isEqualTo(tried(wanted, bytes));
      }
    }
  }

  /** Returns the largest micro-batch by trying all. */
  private Optional<StepSize> tried(StepSize wanted, long bytes) {
    return IntStream.rangeClosed(1, wanted.batchSize())
        .filter(parts -> wanted.batchSize() % parts == 0)
        .mapToObj(wanted::divided)
        .filter(size -> finder.memory(size).orElseThrow().peak() <= bytes)
        .findFirst();
  }

  @Test
  void aBatchThatIsKnownNotToFitIsNotKeptWhole() {
    assertThat(finder.largestPart(StepSize.of(48), peak(48)).orElseThrow().size())
        .isEqualTo(new StepSize(24, 2));
    assertThat(finder.largestPart(StepSize.of(1), Long.MAX_VALUE)).isEmpty();
  }

  @Test
  void lessThanTheMostIsPreferred() {
    StepSize wanted = StepSize.of(48);
    assertThat(finder.largestPart(wanted, peak(12), peak(24)).orElseThrow().size())
        .isEqualTo(new StepSize(12, 4));
    assertThat(finder.largestPart(wanted, peak(1) - 1, peak(24)).orElseThrow().size())
        .isEqualTo(new StepSize(24, 2));
    assertThat(finder.largestPart(StepSize.of(1), peak(1) - 1, peak(1)).orElseThrow().size())
        .isEqualTo(StepSize.of(1));
    assertThat(finder.largestPart(wanted, peak(1) - 1, peak(1) - 1)).isEmpty();
  }

  @Test
  void batchNormGetsSingleSamplesOnlyIfNothingElseFits() {
    Graph graph =
        Graph.build(
            "bn",
            Shape.of(1, 2, 3),
            x -> x.then(Layer.batchNorm()).then(Layer.flatten()).then(Layer.dense(3)));
    MicroBatchFinder other =
        new MicroBatchFinder(affine, RunOptions.DEFAULT, ADAM, graph, LOADER_THREADS);
    StepSize wanted = StepSize.of(48);
    long one = other.memory(StepSize.of(1)).orElseThrow().peak();
    long two = other.memory(StepSize.of(2)).orElseThrow().peak();
    assertThat(other.largestPart(wanted, one, two).orElseThrow().size())
        .isEqualTo(new StepSize(2, 24));
    assertThat(other.largestPart(wanted, one, two - 1).orElseThrow().size())
        .isEqualTo(new StepSize(1, 48));
    assertThat(finder.largestPart(wanted, peak(1), peak(2)).orElseThrow().size())
        .as("without batch norm")
        .isEqualTo(new StepSize(1, 48));
  }

  @Test
  void nothingIsFoundIfNotEvenSingleSamplesFit() {
    assertThat(finder.largest(StepSize.of(48), peak(1)).orElseThrow().size())
        .isEqualTo(new StepSize(1, 48));
    assertThat(finder.largest(StepSize.of(48), peak(1) - 1)).isEmpty();
    assertThat(finder.largest(StepSize.of(48), -1)).isEmpty();
  }

  @Test
  void batchesThatAreAccumulatedAnywayAreDividedFurther() {
    assertThat(finder.largest(new StepSize(48, 3), peak(20)).orElseThrow().size())
        .isEqualTo(new StepSize(16, 9));
  }

  @Test
  void anEngineThatDoesNotPredictFindsNothing() {
    MicroBatchFinder other = finder(new PredictingBackend(size -> Optional.empty()), ADAM);
    assertThat(other.memory(StepSize.of(48))).isEmpty();
    assertThat(other.largest(StepSize.of(48), Long.MAX_VALUE)).isEmpty();
    assertThat(other.largestPart(StepSize.of(48), Long.MAX_VALUE)).isEmpty();
  }

  @Test
  void theEngineIsAskedForTheBatchesThatItWouldRun() {
    finder.memory(new StepSize(16, 9));
    assertThat(affine.askedWith()).containsExactly(RunOptions.DEFAULT.typicalBatchSize(16));
  }

  @Test
  void theMemoryOfARunCountsWhatIsSavedValidatedAndLoadedToo() {
    RunMemory memory = finder.memory(StepSize.of(8)).orElseThrow();
    assertThat(memory.step()).isEqualTo(step(StepSize.of(8), 0));
    // Adam has two slots.
    assertThat(memory.savedState()).isEqualTo(3 * WEIGHTS);
    // The largest layer flattens samples.
    assertThat(memory.validation()).isGreaterThan(WEIGHTS + 8 * 2 * INPUT);
    // Each thread reads a batch, others wait or are trained on.
    assertThat(memory.loading()).isGreaterThanOrEqualTo((LOADER_THREADS + 2) * 8 * INPUT);
    assertThat(finder(affine, ToyProblem.plan(Sgd.of(0.1))).memory(StepSize.of(8)).orElseThrow())
        .extracting(RunMemory::savedState)
        .isEqualTo(WEIGHTS);
  }

  @Test
  void savingAndValidatingMayTakeMoreThanAStep() {
    StepMemory step = step(StepSize.of(8), 90);
    long between = 90 + 20 + 30;
    assertThat(new RunMemory(step, 20, 30, 4, 5).peak()).isEqualTo(step.total() + 4 + 5);
    assertThat(new RunMemory(step.keeping(step.total()), 20, 30, 4, 5).peak())
        .isEqualTo(step.total() + 20 + 30 + 4 + 5);
    StepMemory small = new StepMemory(10, 20, 30, 1, 2, 3, 4, 90);
    assertThat(new RunMemory(small, 20, 30, 4, 5).peak()).isEqualTo(between + 4 + 5);
  }

  @Test
  void whatIsKeptBetweenStepsDecidesOnTheBatchIfItIsMore() {
    PredictingBackend keeping =
        new PredictingBackend(size -> Optional.of(step(size, 0).keeping(step(size, 0).total())));
    MicroBatchFinder other = finder(keeping, ADAM);
    assertThat(other.largest(StepSize.of(48), peak(48)).orElseThrow().size())
        .isEqualTo(new StepSize(24, 2));
    RunMemory whole = other.memory(StepSize.of(48)).orElseThrow();
    assertThat(other.largest(StepSize.of(48), whole.peak()).orElseThrow())
        .isEqualTo(new MicroBatch(StepSize.of(48), whole));
  }

  @Test
  void whatFitsManyTimesOverNeedsNoPrediction() {
    assertThat(finder.fitsEasily(StepSize.of(48), 8L << 30)).isTrue();
    assertThat(finder.fitsEasily(StepSize.of(48), 1L << 30)).isFalse();
    assertThat(finder.fitsEasily(StepSize.of(100_000_000), 8L << 30)).isFalse();
    assertThat(affine.askedWith()).isEmpty();
  }

  @Test
  void whatFitsEasilyFitsByItsValuesAndGradientsAlone() {
    for (int batchSize = 1; batchSize < 100_000_000; batchSize *= 10) {
      long values = batchSize * (2 * INPUT + 3L * Float.BYTES);
      long least = 2 * values + 4 * WEIGHTS;
      assertThat(finder.fitsEasily(StepSize.of(batchSize), 2 * least)).isFalse();
      assertThat(finder.fitsEasily(StepSize.of(batchSize), 40 * least + (1L << 31))).isTrue();
    }
  }

  /** Returns the predicted peak of batches of so many samples, accumulated or not. */
  private long peak(int samples) {
    RunMemory one = finder.memory(StepSize.of(1)).orElseThrow();
    RunMemory two = finder.memory(StepSize.of(2)).orElseThrow();
    return one.peak() + (samples - 1) * (two.peak() - one.peak());
  }

  private static StepMemory step(StepSize size, long kept) {
    return new StepMemory(
        FIXED / 2, FIXED / 4, FIXED / 4, 0, size.batchSize() * SAMPLE, 0, 0, kept);
  }

  private static MicroBatchFinder finder(PredictingBackend backend, TrainingPlan plan) {
    return new MicroBatchFinder(
        backend, RunOptions.DEFAULT, plan, ToyProblem.GRAPH, LOADER_THREADS);
  }
}
