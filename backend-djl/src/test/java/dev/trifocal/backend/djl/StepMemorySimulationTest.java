package dev.trifocal.backend.djl;

import static dev.trifocal.layer.Layer.batchNorm;
import static dev.trifocal.layer.Layer.conv;
import static dev.trifocal.layer.Layer.dense;
import static dev.trifocal.layer.Layer.flatten;
import static dev.trifocal.layer.Layer.maxPool;
import static dev.trifocal.layer.Layer.relu;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.backend.StepMemory;
import dev.trifocal.backend.StepSize;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Value;
import dev.trifocal.layer.Conv2d;
import dev.trifocal.shape.Shape;
import dev.trifocal.train.Adam;
import dev.trifocal.train.Clipping;
import dev.trifocal.train.TrainingPlan;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The images of most networks here have one channel, so that all values have the same size. */
class StepMemorySimulationTest {
  private static final int SAMPLES = 2;

  /** The bytes of a batch of images {@code [1, 64, 64]}. */
  private static final long IMAGES = SAMPLES * 64 * 64 * 4L;

  /** More than the sums of a loss have, and far less than images. */
  private static final long SCALARS = 200;

  private static final TrainingPlan PLAN = TrainingPlan.of(in -> in.output().sum(), Adam.of(0.001));

  @Test
  void aChainKeepsTheResultOfReluForItsGradient() {
    // The backward pass: the result of relu and the gradient of its input.
    assertActivations(network(x -> x.then(one()).then(relu())), 2 * IMAGES);
  }

  @Test
  void batchNormKeepsItsInputAndHasATemporaryArray() {
    // Its result is the output; gradient of the result, temporary array and gradient of the input.
    // The gradient of the sum repeats one number and has no memory of its own.
    assertActivations(network(x -> x.then(one()).then(batchNorm())), 4 * IMAGES);
  }

  @Test
  void aMaxPoolKeepsIndicesOfEightBytes() {
    // Input and its gradient, and a quarter each of the output and, twice, of indices.
    assertActivations(
        network(x -> x.then(one()).then(maxPool(2).stride(2))), 2 * IMAGES + 3 * IMAGES / 4);
  }

  @Test
  void gradientsOfBranchesAreSummed() {
    // The result of relu, the output, the gradient of the convolution's input, and the sum.
    assertActivations(
        network(
            x -> {
              Value y = x.then(one()).then(relu());
              return y.plus(y.then(one()));
            }),
        4 * IMAGES);
  }

  @Test
  void frozenLayersKeepNothingAndHaveNoGradients() {
    UnaryOperator<Value> layers =
        x ->
            x.then("first", one())
                .then(relu())
                .then("second", one())
                .then(relu())
                .then("third", one());
    Graph whole = network(layers);
    Graph head = whole.freeze("first", "second");

    // The input of the last convolution and the output; nothing is differentiated before it.
    assertActivations(head, 2 * IMAGES);
    assertThat(predicted(whole).activations()).isGreaterThan(4 * IMAGES);
    assertThat(predicted(head).gradients()).isEqualTo(predicted(whole).gradients() / 3);
    assertThat(predicted(head).slots()).isEqualTo(predicted(whole).slots() / 3);
    assertThat(predicted(head).weights()).isEqualTo(predicted(whole).weights());
  }

  @Test
  void weightsGradientsAndSlotsAreThoseOfTheGraph() {
    StepMemory memory = predicted(network(x -> x.then(conv(5, 3)).then(batchNorm())));

    // 5 kernels of 9 and biases, scale and bias of the norm; and its two statistics.
    assertThat(memory.gradients()).isEqualTo((5 * 9 + 5 + 10) * 4);
    assertThat(memory.slots()).isEqualTo(2 * memory.gradients());
    assertThat(memory.weights()).isEqualTo(memory.gradients() + 10 * 4);
  }

  @Test
  void clippingCopiesGradients() {
    Graph graph = network(x -> x.then(conv(5, 3)));
    StepMemory clipped =
        StepMemorySimulation.of(
            PLAN.clipping(new Clipping.ByValue(1)), graph, StepSize.of(SAMPLES));

    assertThat(clipped.gradients()).isEqualTo(2 * predicted(graph).gradients());
  }

  @Test
  void anAccumulatedStepHasSumsToo() {
    // All gradients and all sums; a sum is replaced by a new array, from a scaled gradient.
    Graph graph = network(x -> x.then(conv(5, 3)));
    StepMemory plain = predicted(graph);
    StepMemory accumulated = predicted(graph, new StepSize(SAMPLES, 2));

    assertThat(accumulated.gradients()).isBetween(2 * plain.gradients(), 4 * plain.gradients());
    assertThat(accumulated.weights()).isEqualTo(plain.weights());
    assertThat(accumulated.slots()).isEqualTo(plain.slots());
    assertThat(accumulated.activations()).isEqualTo(plain.activations());
  }

  @Test
  void sumsOfManyWeightsTakeTheirRoomInTheTotal() {
    // Fewer weights may fit into gaps.
    Graph graph = network(x -> x.then(flatten()).then(dense(200)));
    StepMemory plain = predicted(graph);
    StepMemory accumulated = predicted(graph, new StepSize(SAMPLES, 2));

    assertThat(accumulated.total()).isGreaterThanOrEqualTo(plain.total() + plain.gradients());
  }

  @Test
  void parametersThatNothingDependsOnHaveNoSums() {
    UnaryOperator<Value> layers = x -> x.then("first", conv(5, 3)).then("second", conv(5, 3));
    StepSize size = new StepSize(SAMPLES, 2);
    Graph head = network(layers).freeze("first");

    assertThat(predicted(head, size).gradients())
        .isLessThan(predicted(network(layers), size).gradients());
  }

  @Test
  void clippingCopiesTheMeansOfSums() {
    // The sums, their means and the clipped means are there at a time.
    Graph graph = network(x -> x.then(conv(5, 3)));
    StepMemory clipped =
        StepMemorySimulation.of(
            PLAN.clipping(new Clipping.ByValue(1)), graph, new StepSize(SAMPLES, 2));

    assertThat(clipped.gradients()).isGreaterThanOrEqualTo(3 * predicted(graph).gradients());
  }

  @Test
  void accumulatingTakesLessThanTheSameSamplesAtOnce() {
    Graph graph = network(x -> x.then(conv(8, 3)).then(batchNorm()).then(relu()).then(conv(4, 3)));

    assertThat(predicted(graph, new StepSize(SAMPLES, 8)).total())
        .isLessThan(predicted(graph, StepSize.of(8 * SAMPLES)).total());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void activationsAreFreedAfterAStep(int batches) {
    UnaryOperator<Value> layers = x -> x.then(conv(8, 3)).then(batchNorm()).then(relu());
    StepMemory memory = predicted(network(layers), new StepSize(SAMPLES, batches));
    StepMemory large = predicted(network(layers), new StepSize(8 * SAMPLES, batches));

    assertThat(memory.kept())
        .isGreaterThanOrEqualTo(memory.weights() + memory.slots())
        .isLessThan(memory.total() - memory.activations());
    assertThat(large.kept()).isEqualTo(memory.kept());
  }

  @Test
  void moreSamplesNeedMoreMemory() {
    Graph graph = network(x -> x.then(conv(8, 3)).then(batchNorm()).then(relu()).then(conv(4, 3)));
    long before = 0;
    for (int samples = 1; samples <= 64; samples *= 2) {
      long total = StepMemorySimulation.of(PLAN, graph, StepSize.of(samples)).total();
      assertThat(total).isGreaterThan(before);
      before = total;
    }
  }

  @Test
  void thePredictionIsTheSameEachTime() {
    Graph graph = network(x -> x.then(conv(8, 3)).then(batchNorm()).then(relu()));

    assertThat(predicted(graph)).isEqualTo(predicted(graph));
  }

  private static void assertActivations(Graph graph, long expected) {
    assertThat(predicted(graph).activations()).isBetween(expected, expected + SCALARS);
  }

  private static StepMemory predicted(Graph graph) {
    return predicted(graph, StepSize.of(SAMPLES));
  }

  private static StepMemory predicted(Graph graph, StepSize size) {
    return StepMemorySimulation.of(PLAN, graph, size);
  }

  private static Graph network(UnaryOperator<Value> layers) {
    return Graph.build("network", Shape.of(1, 64, 64), layers);
  }

  /** Returns a convolution of one channel to one. */
  private static Conv2d one() {
    return conv(1, 1).withoutBias();
  }
}
