package dev.trifocal.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.graph.Graph;
import dev.trifocal.graph.GraphBuilder;
import dev.trifocal.graph.Value;
import dev.trifocal.layer.Layer;
import dev.trifocal.metric.Accuracy;
import dev.trifocal.shape.Shape;
import dev.trifocal.train.Adam;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.LossTerm;
import dev.trifocal.train.Objective;
import dev.trifocal.train.Schedule;
import dev.trifocal.train.SoftmaxCrossEntropy;
import dev.trifocal.train.TrainingPlan;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AuxiliaryOutputsTest {
  private static final Objective MAIN = new Objective(Graph.OUTPUT, new SoftmaxCrossEntropy(), 1);
  private static final Objective AUXILIARY =
      new Objective("aux", new SoftmaxCrossEntropy(), 0.3).auxiliary();

  private final TrainingState state = state();

  @Test
  void evaluation_measures_the_main_objectives_only() {
    assertThat(state.plan().evaluated()).containsExactly(MAIN);
    Evaluator evaluator = Evaluator.of(state, ToyProblem.OPTIONS, Callbacks.none());
    assertThat(evaluator.loss().terms()).extracting(LossTerm::objective).containsExactly(MAIN);
  }

  @Test
  void inference_has_neither_auxiliary_outputs_nor_their_weights_nor_slots() {
    TrainingState inference = state.inference();
    Checkpoint checkpoint = inference.checkpoint();
    assertThat(checkpoint.graph().outputs().keySet()).containsExactly(Graph.OUTPUT, "body");
    assertThat(checkpoint.weights().tensors().keySet())
        .containsExactly("body.weight", "body.bias", "fc.weight", "fc.bias");
    assertThat(checkpoint.slots()).isEmpty();
    assertThat(inference.plan().objectives()).containsExactly(MAIN);
    assertThat(inference.classes()).isEqualTo(state.classes());
  }

  @Test
  void what_has_no_auxiliary_outputs_stays_as_it_is() {
    TrainingState inference = state.inference();
    assertThat(inference.inference()).isEqualTo(inference);
  }

  @Test
  void files_keep_what_an_objective_is_for() {
    StateJson json = StateJson.of(state, Map.of());
    assertThat(StateJson.read(json.write(), "state.json").plan().objectives())
        .containsExactly(MAIN, AUXILIARY);
  }

  private static TrainingState state() {
    GraphBuilder builder = new GraphBuilder("forked");
    Value body = builder.input(Graph.INPUT, Shape.of(5)).then("body", Layer.dense(4));
    Graph graph =
        builder
            .output(Graph.OUTPUT, body.then("fc", Layer.dense(3)))
            .output("aux", body.then("aux.fc", Layer.dense(3)))
            .output("body", body)
            .graph();
    Checkpoint start = Checkpoint.start(graph, 1);
    Checkpoint checkpoint =
        new Checkpoint(graph, start.weights(), Map.of("m", start.slot("m")), 2, 1);
    return TrainingState.start(
        checkpoint,
        new TrainingPlan(List.of(MAIN, AUXILIARY), Adam.of(0.1), new Schedule.Constant()),
        List.of(new Accuracy(Graph.OUTPUT)),
        List.of("a", "b", "c"));
  }
}
