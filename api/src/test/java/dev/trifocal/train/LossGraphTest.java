package dev.trifocal.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.trifocal.error.ConfigurationException;
import dev.trifocal.error.DataException;
import dev.trifocal.error.GraphException;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.GraphBuilder;
import dev.trifocal.graph.Value;
import dev.trifocal.layer.Layer;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LossGraphTest {
  private static final Graph NET =
      Graph.build("net", Shape.of(4), x -> x.then("fc", Layer.dense(3)));

  @Test
  void a_users_loss_is_a_lambda_over_outputs_and_labels() {
    Loss meanAbsoluteError = in -> in.output().minus(in.values()).abs().mean();
    Tensor output = Tensor.of(Shape.of(2, 2), 1f, -2, 3, 0);
    Tensor labels = Tensor.of(Shape.of(2, 2), 0f, 0, 1, 1);
    assertThat(PlainGraph.loss(meanAbsoluteError, output, labels)).isEqualTo(6.0 / 4);
  }

  @Test
  void losses_are_named_apart_and_the_network_keeps_its_names() {
    LossGraph graph =
        LossGraph.of(
            NET, List.of(objective(new MeanSquaredError(), 2), objective(Loss.huber(), 1)));
    assertThat(graph.graph().outputs())
        .containsEntry(Graph.OUTPUT, "fc")
        .containsKey(LossGraph.LOSS);
    assertThat(graph.labels())
        .extracting(LabelInput::path)
        .containsExactly("loss.output.values", "loss.output_2.values");
    assertThat(graph.graph().weightShapes()).isEqualTo(NET.weightShapes());
    assertThat(graph.reachedShapes().keySet()).containsExactly("fc.weight", "fc.bias");
  }

  @Test
  void a_loss_may_read_several_outputs_and_labels_of_other_names() {
    GraphBuilder builder = new GraphBuilder("pair");
    Value input = builder.input("input", Shape.of(2));
    Graph pair =
        builder
            .output("a", input.then("fa", Layer.dense(2)))
            .output("b", input.then("fb", Layer.dense(2)))
            .graph();
    Loss distance =
        in ->
            in.output().minus(in.at("b").output()).minus(in.label("gap").values()).square().mean();
    LossGraph graph = LossGraph.of(pair, List.of(new Objective("a", distance, 1)));
    assertThat(graph.labels()).extracting(LabelInput::label).containsExactly("gap");
    double loss =
        PlainGraph.loss(
            graph,
            Map.of(
                "fa", PlainGraph.Array.of(Tensor.of(Shape.of(1, 2), 3f, 5)),
                "fb", PlainGraph.Array.of(Tensor.of(Shape.of(1, 2), 1f, 1))),
            Map.of("gap", Tensor.of(Shape.of(1, 2), 1f, 1)));
    assertThat(loss).isEqualTo((1 + 9) / 2.0);
  }

  @Test
  void a_weighted_mean_over_batches_is_that_of_the_whole() {
    SoftmaxCrossEntropy weighted =
        new SoftmaxCrossEntropy().classWeights(List.of(0.5, 2.0, 1.0)).ignoreIndex(-1);
    LossGraph graph = LossGraph.of(NET, List.of(objective(weighted, 1)));
    assertThat(graph.terms()).singleElement().matches(term -> term.weight().isPresent());
    Tensor logits = Tensor.of(Shape.of(4, 3), 1f, 0, 2, 0, 1, 0, 3, 1, 0, 0, 0, 1);
    Tensor ids = Tensor.of(Shape.of(4), 0L, 1, -1, 2);
    LossMean parts = LossMean.of(graph);
    for (int i = 0; i < 4; i++) {
      Map<String, Tensor> labels = Map.of("output", Tensor.of(Shape.of(1), ids.toLongs()[i]));
      float[] row = new float[3];
      System.arraycopy(logits.toFloats(), 3 * i, row, 0, 3);
      parts = parts.plus(measured(graph, Tensor.of(Shape.of(1, 3), row), labels), 1);
    }
    LossMean whole = LossMean.of(graph).plus(measured(graph, logits, Map.of("output", ids)), 4);
    assertThat(parts.value()).isCloseTo(whole.value(), within(1e-6));
    assertThat(whole.value()).isCloseTo(PlainGraph.loss(weighted, logits, ids), within(1e-6));
  }

  @Test
  void a_loss_that_is_not_one_number_is_refused() {
    refuses(
        in -> in.output().minus(in.values()).square(),
        "net: the loss on output 'output' must be a scalar for the batch, but is [3] for each"
            + " sample; end it with mean() or sum()");
    refuses(
        in -> in.output().minus(in.values()).square().batchMean(),
        "net: the loss on output 'output' must be a scalar for the batch, but is [3]; end it"
            + " with mean() or sum()");
    refuses(
        in -> null,
        "net: the loss on output 'output' must be a scalar for the batch, but is null; end it"
            + " with mean() or sum()");
  }

  @Test
  void a_loss_that_reads_no_output_is_refused() {
    refuses(
        in -> in.values().square().mean(),
        "net: the loss on output 'output' does not use any output of the network, so nothing"
            + " would be trained");
  }

  @Test
  void an_output_that_is_not_there_is_named() {
    refuses(
        in -> in.at("mask").output().mean(),
        "net: the loss on output 'output' cannot be built: net: there is no output 'mask'; there"
            + " are [output]");
  }

  @Test
  void a_loss_with_parameters_is_refused() {
    refuses(
        in -> in.output().then(Layer.dense(1)).mean(),
        "net: a loss must not have parameters, but has [loss.output.dense.weight,"
            + " loss.output.dense.bias]; move them to the network and make the value an output");
  }

  @Test
  void a_plan_without_objectives_is_refused() {
    assertThatThrownBy(() -> LossGraph.of(NET, List.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("net: has no objective to train for");
  }

  @Test
  void missing_labels_are_named() {
    LossGraph graph = LossGraph.of(NET, List.of(objective(new MeanSquaredError(), 1)));
    assertThatThrownBy(() -> graph.encode(Map.of("other", Tensor.scalar(1)), 1))
        .isInstanceOf(DataException.class)
        .hasMessage("net: labels 'output' are missing; there are [other]");
  }

  private static Map<String, Tensor> measured(
      LossGraph graph, Tensor logits, Map<String, Tensor> labels) {
    Map<String, PlainGraph.Array> known = new java.util.HashMap<>();
    known.put("fc", PlainGraph.Array.of(logits));
    graph
        .encode(labels, logits.shape().size(0))
        .forEach((path, tensor) -> known.put(path, PlainGraph.Array.of(tensor)));
    Map<String, Tensor> result = new java.util.HashMap<>();
    PlainGraph.run(graph.measured(), known)
        .forEach((name, array) -> result.put(name, array.tensor()));
    return result;
  }

  private static void refuses(Loss loss, String message) {
    assertThatThrownBy(() -> LossGraph.of(NET, List.of(objective(loss, 1))))
        .isInstanceOf(GraphException.class)
        .hasMessage(message);
  }

  private static Objective objective(Loss loss, double weight) {
    return new Objective(Graph.OUTPUT, loss, weight);
  }
}
