package dev.trifocal.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Value;
import dev.trifocal.layer.Layer;
import dev.trifocal.shape.Shape;
import dev.trifocal.train.Objective;
import dev.trifocal.train.SoftmaxCrossEntropy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AuxiliaryHeadsTest {
  private static final Shape INPUT = Shape.of(1, 3, 5);

  private final ZooModel model =
      ZooModel.of("forked", LeNet5.PAPER, INPUT, 4, AuxiliaryHeadsTest::build);

  @Test
  void inference_has_no_auxiliary_heads() {
    Graph graph = model.graph();
    assertThat(graph.outputs()).containsExactlyEntriesOf(Map.of("output", "fc"));
    assertThat(graph.weightShapes().keySet())
        .containsExactly("body.weight", "body.bias", "fc.weight", "fc.bias");
  }

  @Test
  void training_has_them_as_further_outputs() {
    TrainingGraph training = model.trainingGraph(INPUT, model.options());
    assertThat(training.graph().outputs().keySet()).containsExactly("output", "near", "far");
    assertThat(training.graph().weightShapes()).containsEntry("near.fc.weight", Shape.of(4, 6));
  }

  @Test
  void a_plan_weighs_the_loss_of_each_head() {
    SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy();
    assertThat(model.trainingGraph(INPUT, model.options()).objectives(loss))
        .isEqualTo(
            List.of(
                new Objective("output", loss, 1),
                new Objective("near", loss, 0.3).auxiliary(),
                new Objective("far", loss, 0.2).auxiliary()));
  }

  private static NetworkOutputs build(Value image, ModelOptions options) {
    Value body = image.then(Layer.flatten()).then("body", Layer.dense(6));
    Value output = body.then("fc", Layer.dense(options.classes()));
    return NetworkOutputs.of(output)
        .auxiliary("near", body.then("near.fc", Layer.dense(options.classes())), 0.3)
        .auxiliary("far", body.then("far.fc", Layer.dense(options.classes())), 0.2);
  }
}
