package dev.trifocal.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.DataException;
import dev.trifocal.error.GraphException;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.GraphBuilder;
import dev.trifocal.graph.Value;
import dev.trifocal.layer.Layer;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.DataType;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.LossGraph;
import dev.trifocal.train.MeanSquaredError;
import dev.trifocal.train.Objective;
import dev.trifocal.train.Schedule;
import dev.trifocal.train.Sgd;
import dev.trifocal.train.SoftmaxCrossEntropy;
import dev.trifocal.train.TrainingPlan;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class StepInputsTest {
  private static final Graph PAIR = pair();
  private static final TrainingPlan PLAN =
      new TrainingPlan(
          List.of(
              new Objective("sum", new MeanSquaredError(), 1),
              new Objective("class", new SoftmaxCrossEntropy(), 0.5)),
          Sgd.of(0.1),
          new Schedule.Constant());
  private static final LossGraph LOSS = LossGraph.of(PAIR, PLAN.objectives());
  private static final Map<String, Tensor> LABELS =
      Map.of("sum", zeros(4, 3), "class", Tensor.of(Shape.of(4), new long[] {0, 1, 1, 0}));

  @Test
  void a_batch_that_fits_gives_its_size_and_the_target_of_each_objective() {
    StepInputs inputs =
        StepInputs.of(LOSS, Map.of("left", zeros(4, 3), "right", zeros(4, 3)), LABELS);
    assertThat(inputs.batch()).isEqualTo(4);
    assertThat(inputs.inputs().keySet())
        .containsExactly("left", "right", "loss.sum.values", "loss.class.classes");
    assertThat(inputs.inputs().get("loss.sum.values")).isEqualTo(zeros(4, 3));
    assertThat(inputs.inputs().get("loss.class.classes"))
        .isEqualTo(Tensor.of(Shape.of(4, 2), 1f, 0, 0, 1, 0, 1, 1, 0));
  }

  @Test
  void a_missing_input_is_told_with_those_that_there_are() {
    refuses(
        () -> StepInputs.of(LOSS, Map.of("left", zeros(4, 3)), LABELS),
        "pair: input 'right' is missing; got [left]");
  }

  @Test
  void an_input_of_another_shape_is_told() {
    refuses(batch(zeros(4, 2), zeros(4, 3)), "left", "N", "FLOAT32[4, 2]");
    refuses(batch(zeros(3), zeros(4, 3)), "left", "N", "FLOAT32[3]");
    refuses(batch(Tensor.scalar(1), zeros(4, 3)), "left", "N", "FLOAT32[]");
    refuses(batch(zeros(4, 1, 3), zeros(4, 3)), "left", "N", "FLOAT32[4, 1, 3]");
  }

  @Test
  void an_input_of_another_type_is_told() {
    Tensor bytes = Tensor.make(Shape.of(4, 3), DataType.UINT8, buffer -> {});
    refuses(batch(bytes, zeros(4, 3)), "left", "N", "UINT8[4, 3]");
  }

  @Test
  void inputs_of_differing_batch_sizes_are_told() {
    refuses(batch(zeros(4, 3), zeros(5, 3)), "right", "4", "FLOAT32[5, 3]");
  }

  @Test
  void missing_labels_are_told_with_their_output() {
    refuses(
        () ->
            StepInputs.of(
                LossGraph.of(PAIR, PLAN.objectives()),
                Map.of("left", zeros(4, 3), "right", zeros(4, 3)),
                Map.of("sum", zeros(4, 3))),
        "pair: labels 'class' are missing; there are [sum]");
  }

  @Test
  void labels_must_be_as_many_as_samples() {
    refuses(
        () -> StepInputs.of(LOSS, Map.of("left", zeros(5, 3), "right", zeros(5, 3)), LABELS),
        "labels must be float32 or int64 of the output's shape [5, 3], but are FLOAT32[4, 3]");
  }

  @Test
  void an_objective_on_an_output_that_is_not_there_is_told() {
    TrainingPlan plan = TrainingPlan.of(new MeanSquaredError(), Sgd.of(1));
    assertThatThrownBy(
            () ->
                StepInputs.of(
                    LossGraph.of(PAIR, plan.objectives()),
                    Map.of("left", zeros(4, 3), "right", zeros(4, 3)),
                    Map.of("output", zeros(4, 3))))
        .isInstanceOf(GraphException.class)
        .hasMessage("pair: there is no output 'output'; there are [sum, class]");
  }

  @Test
  void batch_norm_over_units_needs_more_than_one_sample() {
    Graph units = normed(Shape.of(3));
    refuses(
        () -> step(units, 1),
        "normed: bn (BatchNorm) needs more than one value per channel to train, but the batch is"
            + " one sample of [3]");
    assertThat(step(units, 2).batch()).isEqualTo(2);
  }

  @Test
  void batch_norm_that_is_frozen_or_sees_several_pixels_takes_one_sample() {
    assertThat(step(normed(Shape.of(3)).freeze("bn"), 1).batch()).isEqualTo(1);
    assertThat(step(normed(Shape.of(3, 1, 2)), 1).batch()).isEqualTo(1);
    refuses(
        () -> step(normed(Shape.of(3, 1, 1)), 1),
        "normed: bn (BatchNorm) needs more than one value per channel to train, but the batch is"
            + " one sample of [3, 1, 1]");
  }

  private static StepInputs step(Graph graph, int batch) {
    Tensor samples = Tensor.floats(graph.inputs().get(0).shape().batch(batch), buffer -> {});
    return StepInputs.of(
        LossGraph.of(graph, TrainingPlan.of(new MeanSquaredError(), Sgd.of(1)).objectives()),
        Map.of(Graph.INPUT, samples),
        Map.of(Graph.OUTPUT, samples));
  }

  private static Graph normed(Shape shape) {
    return Graph.build("normed", shape, x -> x.then("bn", Layer.batchNorm()));
  }

  private static Graph pair() {
    GraphBuilder builder = new GraphBuilder("pair");
    Value left = builder.input("left", Shape.of(3));
    Value sum = left.plus(builder.input("right", Shape.of(3)));
    return builder.output("sum", sum).output("class", sum.then("fc", Layer.dense(2))).graph();
  }

  private static Tensor zeros(int... sizes) {
    return Tensor.floats(Shape.of(sizes), buffer -> {});
  }

  private static ThrowingCallable batch(Tensor left, Tensor right) {
    return () -> StepInputs.batch(PAIR, Map.of("left", left, "right", right));
  }

  private static void refuses(ThrowingCallable call, String input, String batch, String given) {
    refuses(
        call, "pair: input '%s' must be FLOAT32 [%s, 3], but is %s".formatted(input, batch, given));
  }

  private static void refuses(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(DataException.class).hasMessage(message);
  }
}
