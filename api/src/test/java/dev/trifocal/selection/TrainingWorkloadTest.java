package dev.trifocal.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.StepInputs;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.graph.Graph;
import dev.trifocal.layer.Layer;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.Adam;
import dev.trifocal.train.BinaryCrossEntropy;
import dev.trifocal.train.BinaryFocalLoss;
import dev.trifocal.train.FocalLoss;
import dev.trifocal.train.Huber;
import dev.trifocal.train.KlDivergence;
import dev.trifocal.train.Loss;
import dev.trifocal.train.LossGraph;
import dev.trifocal.train.LossSum;
import dev.trifocal.train.MeanSquaredError;
import dev.trifocal.train.Sgd;
import dev.trifocal.train.SoftDice;
import dev.trifocal.train.SoftmaxCrossEntropy;
import dev.trifocal.train.TrainingPlan;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrainingWorkloadTest {
  private static final Graph CLASSIFIER =
      Graph.build("toy", Shape.of(6), x -> x.then("fc", Layer.dense(3)));
  private static final Graph SEGMENTATION =
      Graph.build("pixels", Shape.of(2, 4, 4), x -> x.then("conv", Layer.conv(3, 1)));

  static Stream<Loss> losses() {
    return Stream.of(
        new SoftmaxCrossEntropy().labelSmoothing(0.1).classWeights(List.of(1.0, 2.0, 3.0)),
        new BinaryCrossEntropy(),
        new BinaryFocalLoss(0.25, 2),
        new FocalLoss(2, List.of()),
        new Huber(1),
        new KlDivergence(),
        new MeanSquaredError(),
        new SoftDice(1),
        LossSum.of(new SoftmaxCrossEntropy().ignoreIndex(255), new SoftDice(1)));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void its_labels_suit_every_loss(Loss loss) {
    for (Graph graph : List.of(CLASSIFIER, SEGMENTATION)) {
      LossGraph whole = LossGraph.of(graph, plan(loss).objectives());
      Map<String, Tensor> inputs = RandomBatch.inputs(graph, 5);
      Map<String, Tensor> labels = RandomBatch.labels(whole, 5);
      assertThat(StepInputs.of(whole, inputs, labels).batch()).isEqualTo(5);
    }
  }

  @Test
  void its_session_is_opened_for_its_batch_size() {
    TrainingWorkload workload = TrainingWorkload.of(CLASSIFIER, plan(new MeanSquaredError()), 6);
    FakeBackend backend = new FakeBackend("alpha", "1.0", new FakeClock());
    assertThatThrownBy(() -> workload.start(backend))
        .hasMessageEndingWith("with " + RunOptions.DEFAULT.typicalBatchSize(6));
  }

  @Test
  void the_graph_has_the_loss_and_the_job_the_optimizer() {
    TrainingWorkload mean = TrainingWorkload.of(CLASSIFIER, plan(new MeanSquaredError()), 4);
    TrainingWorkload entropy = TrainingWorkload.of(CLASSIFIER, plan(new SoftmaxCrossEntropy()), 4);
    assertThat(mean.graph()).isNotEqualTo(entropy.graph());
    assertThat(mean.job()).isEqualTo("training with Adam [exp_avg, exp_avg_sq]");
    TrainingPlan descent = TrainingPlan.of(new MeanSquaredError(), Sgd.of(0.1));
    assertThat(TrainingWorkload.of(CLASSIFIER, descent, 4).job()).isNotEqualTo(mean.job());
  }

  @Test
  void a_batch_has_samples() {
    assertThatThrownBy(() -> TrainingWorkload.of(CLASSIFIER, plan(new MeanSquaredError()), 0))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("the batch size must be positive, but is 0");
  }

  private static TrainingPlan plan(Loss loss) {
    return TrainingPlan.of(loss, Adam.of(0.01));
  }
}
