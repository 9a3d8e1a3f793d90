package dev.trifocal.apps.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.backend.Activations;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.TrainingSession;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Logits;
import dev.trifocal.random.RandomStream;
import dev.trifocal.selection.Backends;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.Sgd;
import dev.trifocal.train.SoftmaxCrossEntropy;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.zoo.Zoo;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recomputation changes no bit of a step of published networks. */
class ZooRecomputationTest {
  private static final int BATCH = 2;
  private static final int CLASSES = 5;
  private static final TrainingPlan PLAN = TrainingPlan.of(new SoftmaxCrossEntropy(), Sgd.of(0.01));

  @ParameterizedTest
  @CsvSource({
    "resnet50, 32",
    "se-resnet50, 32",
    "mobilenet-v2, 32",
    "googlenet, 64",
    "squeezenet1_0, 64",
    "unet, 32",
    "alexnet, 67"
  })
  void a_step_with_recomputation_ends_with_the_same_bits(String name, int size) {
    Shape image = Shape.of(3, size, size);
    Graph network = Logits.of(Zoo.find(name).graph(image, CLASSES)).graph();
    assertThat(trained(network, image, Activations.RECOMPUTE))
        .isEqualTo(trained(network, image, Activations.KEEP));
  }

  private static Checkpoint trained(Graph network, Shape image, Activations activations) {
    RunOptions options = RunOptions.DEFAULT.typicalBatchSize(BATCH).activations(activations);
    try (TrainingSession session =
        Backends.get("onnx").train(PLAN, Checkpoint.start(network, 1), options)) {
      session.step(images(image), labels(network), 0.01);
      return session.snapshot();
    }
  }

  private static Map<String, Tensor> images(Shape image) {
    RandomStream random = RandomStream.of(3);
    return Map.of(
        Graph.INPUT,
        Tensor.floats(
            image.batch(BATCH),
            buffer -> {
              for (int i = 0; i < buffer.capacity(); i++) {
                buffer.put(i, random.uniform(i) - 0.5f);
              }
            }));
  }

  private static Map<String, Tensor> labels(Graph network) {
    Shape output = network.output(Graph.OUTPUT).shape();
    Shape shape =
        output.rank() == 1 ? Shape.of(BATCH) : Shape.of(BATCH, output.size(1), output.size(2));
    long[] classes = LongStream.range(0, shape.elements()).map(i -> i % CLASSES).toArray();
    return Map.of(Graph.OUTPUT, Tensor.of(shape, classes));
  }
}
