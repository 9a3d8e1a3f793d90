package dev.trifocal.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.data.Blobs;
import dev.trifocal.data.Dataset;
import dev.trifocal.data.PixelClasses;
import dev.trifocal.data.Splits;
import dev.trifocal.error.DataException;
import dev.trifocal.error.GraphException;
import dev.trifocal.error.UnsupportedLayerException;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.GraphBuilder;
import dev.trifocal.graph.Value;
import dev.trifocal.layer.Layer;
import dev.trifocal.metric.Accuracy;
import dev.trifocal.metric.Metric;
import dev.trifocal.shape.Shape;
import dev.trifocal.train.Adam;
import dev.trifocal.train.BinaryCrossEntropy;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.Loss;
import dev.trifocal.train.MeanSquaredError;
import dev.trifocal.train.SoftmaxCrossEntropy;
import dev.trifocal.train.TrainingPlan;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Through {@link Trainer#fit}, so that a message is seen where a user sees it. */
class DataCompatibilityTest {
  private static final Shape SAMPLE = Shape.of(1, 2, 3);

  @Test
  void aModelForOtherPicturesIsNamedWithBothShapes() {
    Graph lenet =
        Graph.build(
            "lenet5", Shape.of(1, 28, 28), x -> x.then(Layer.flatten()).then(Layer.dense(3)));
    Dataset cifar = new Blobs("cifar10", 30, 3, Shape.of(3, 32, 32), 1, 0);
    assertRefused(state(lenet), cifar, 8, "lenet5 takes [1, 28, 28], but cifar10 has [3, 32, 32]");
  }

  @Test
  void aModelForOtherClassesIsNamedWithBothCounts() {
    assertRefused(
        state(dense(10)),
        new Blobs("cifar100", 30, 100, SAMPLE, 1, 0),
        8,
        "net has 10 output units, but cifar100 has 100 classes");
  }

  @Test
  void aModelWithScoresForEachPixelIsRefusedForWholeImages() {
    Graph map = Graph.build("net", SAMPLE, x -> x.then(Layer.conv(3, 1)));
    assertRefused(
        state(map),
        new Blobs("folder", 30, 3, SAMPLE, 1, 0),
        8,
        "net outputs [3, 2, 3], scores at each position, but folder has one label for each sample;"
            + " use a network that ends in one score per class");
    assertPasses(
        state(map, new MeanSquaredError(), List.of()), new Blobs("folder", 30, 3, SAMPLE, 1, 0), 8);
  }

  @Test
  void aClassPerPixelNeedsScoresPerPixel() {
    Dataset pixels = new PixelClasses("masks", 30, List.of("sky", "road", "tree"));
    assertRefused(
        state(dense(3)),
        pixels,
        8,
        "net outputs [3], scores of the whole image, but masks has a class for each pixel;"
            + " use a network for segmentation, such as unet");
    Graph half = Graph.build("net", SAMPLE, x -> x.then(Layer.conv(3, 2)));
    assertRefused(
        state(half),
        pixels,
        8,
        "net outputs [3, 1, 2], but masks has a class for each pixel of images of [1, 2, 3];"
            + " use a network whose scores have the size of the image, such as unet");
    Graph two = Graph.build("net", SAMPLE, x -> x.then(Layer.conv(2, 1)));
    assertRefused(state(two), pixels, 8, "net has 2 output units, but masks has 3 classes");
  }

  @Test
  void everythingThatDoesNotFitStandsInOneMessage() {
    assertRefused(
        state(dense(10)),
        new Blobs("other", 0, 4, Shape.of(3, 2, 2), 1, 0),
        8,
        "net takes [1, 2, 3], but other has [3, 2, 2]; "
            + "net has 10 output units, but other has 4 classes; other has no samples:"
            + " the data is for validation and test only; add samples to train on");
  }

  @Test
  void validationDataAreLookedAtBeforeTheFirstStep() {
    Dataset empty = Blobs.of("blobs/validation", 0, 1);
    Callback silent =
        new Callback() {
          @Override
          public void trainingStarted(TrainingStart start) {
            throw new AssertionError("started");
          }
        };
    assertThatThrownBy(
            () ->
                ToyProblem.trainer(silent)
                    .fit(
                        ToyProblem.start(),
                        ToyProblem.validating(empty),
                        ToyProblem.OPTIONS,
                        new MemoryCheckpoints(),
                        StopSignal.NEVER))
        .isInstanceOf(DataException.class)
        .hasMessage("blobs/validation has no samples");
  }

  @Test
  void dataForTestsOnlyAreNotForTraining() {
    Splits held =
        new Splits(
            Blobs.of("blobs/train", 0, 1), Optional.empty(), Optional.of(Blobs.of("t", 9, 1)));
    assertThatThrownBy(() -> DataCompatibility.require(ToyProblem.start(), held, 8))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "blobs/train has no samples: the data is for test only; add samples to train on");
  }

  @Test
  void classesOfOtherNamesAreRefused() {
    TrainingState start = ToyProblem.start();
    TrainingState pets =
        TrainingState.start(
            start.checkpoint(), start.plan(), start.metrics(), List.of("blob 0", "cat", "dog"));
    assertRefused(
        pets,
        ToyProblem.DATA.train(),
        8,
        "class 1 is 'cat' in the model, but 'blob 1' in blobs/train");
  }

  @ParameterizedTest
  @CsvSource({"31, 10, 1", "30, 1, 1", "1, 10, 1"})
  void batchNormOfVectorsRefusesALastBatchOfOneSample(int size, int batchSize, int last) {
    assertRefused(
        state(normed(false)),
        Blobs.of("blobs", size, 1),
        batchSize,
        ("net: bn (BatchNorm) needs at least 2 samples to train, but blobs has %d samples, so that the"
                + " last batch has %d; choose a batch size other than %d")
            .formatted(size, last, batchSize));
  }

  @Test
  void batchNormThatHasEnoughValuesPassesToTheBackend() {
    assertPasses(state(normed(false)), Blobs.of("blobs", 30, 1), 10);
    assertPasses(state(normed(true)), Blobs.of("blobs", 31, 1), 10);
    assertPasses(state(normed(false).freeze("bn")), Blobs.of("blobs", 31, 1), 10);
  }

  @Test
  void oneUnitSaysYesOrNoUnderBinaryCrossEntropyOnly() {
    Dataset two = new Blobs("two", 30, 2, SAMPLE, 1, 0);
    ToyProblem.trainer(Callbacks.none())
        .fit(
            state(dense(1), new BinaryCrossEntropy(), List.of()),
            new Splits(two, two, two),
            ToyProblem.OPTIONS,
            new MemoryCheckpoints(),
            StopSignal.NEVER);
    assertRefused(state(dense(1)), two, 8, "net has 1 output units, but two has 2 classes");
    assertThat(new MeanSquaredError().suits(1, 2)).isTrue();
  }

  @Test
  void metricsMustDifferAndLookAtOutputsThatAreThere() {
    Loss loss = new SoftmaxCrossEntropy();
    Metric accuracy = new Accuracy(Graph.OUTPUT);
    assertRefused(
        state(dense(3), loss, List.of(accuracy, accuracy)),
        ToyProblem.DATA.train(),
        8,
        "two metrics are named accuracy");
    assertThatThrownBy(
            () ->
                fit(
                    state(dense(3), loss, List.of(new Accuracy("aux"))),
                    ToyProblem.DATA.train(),
                    8))
        .isInstanceOf(GraphException.class)
        .hasMessage("net: there is no output 'aux'; there are [output]");
  }

  @Test
  void aModelWithTwoInputsIsRefused() {
    GraphBuilder builder = new GraphBuilder("siamese");
    Value left = builder.input("left", SAMPLE);
    Value right = builder.input("right", SAMPLE);
    Graph graph =
        builder
            .output("output", left.plus(right).then(Layer.flatten()).then(Layer.dense(3)))
            .graph();
    assertRefused(
        state(graph),
        ToyProblem.DATA.train(),
        8,
        "siamese has inputs [left, right], but blobs/train has [input]; use the same names");
  }

  private static Graph dense(int units) {
    return Graph.build("net", SAMPLE, x -> x.then(Layer.flatten()).then(Layer.dense(units)));
  }

  private static Graph normed(boolean spatial) {
    return Graph.build(
        "net",
        SAMPLE,
        x ->
            (spatial
                    ? x.then("bn", Layer.batchNorm()).then(Layer.flatten())
                    : x.then(Layer.flatten()).then("bn", Layer.batchNorm()))
                .then(Layer.dense(3)));
  }

  private static TrainingState state(Graph graph) {
    return state(graph, new SoftmaxCrossEntropy(), List.of());
  }

  private static TrainingState state(Graph graph, Loss loss, List<Metric> metrics) {
    TrainingPlan plan = TrainingPlan.of(loss, Adam.of(0.01));
    return TrainingState.start(Checkpoint.start(graph, 1), plan, metrics, List.of());
  }

  private static void fit(TrainingState state, Dataset train, int batchSize) {
    ToyProblem.trainer(Callbacks.none())
        .fit(
            state,
            ToyProblem.training(train),
            ToyProblem.OPTIONS.batchSize(batchSize),
            new MemoryCheckpoints(),
            StopSignal.NEVER);
  }

  private static void assertRefused(
      TrainingState state, Dataset train, int batchSize, String message) {
    assertThatThrownBy(() -> fit(state, train, batchSize))
        .isInstanceOf(DataException.class)
        .hasMessage(message);
  }

  private static void assertPasses(TrainingState state, Dataset train, int batchSize) {
    assertThatThrownBy(() -> fit(state, train, batchSize))
        .isInstanceOf(UnsupportedLayerException.class)
        .hasMessageContaining("only Flatten, Dense");
  }
}
