package dev.trifocal.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.layer.Layer;
import dev.trifocal.shape.Shape;
import org.junit.jupiter.api.Test;

class MemoryEstimateTest {
  private static final Graph THREE_CONV =
      Graph.build(
          "three-conv",
          Shape.of(3, 200, 300),
          x ->
              x.then("conv1", Layer.conv(100, 3).stride(2).same())
                  .then("conv2", Layer.conv(200, 3).stride(2).same())
                  .then("conv3", Layer.conv(400, 3).stride(2).same()));

  @Test
  void the_exercise_of_three_convolutions_comes_out() {
    GraphSummary summary = GraphSummary.of(THREE_CONV);
    assertThat(summary.parameters()).isEqualTo(903_400);
    assertThat(summary.rows())
        .extracting(GraphSummary.Row::parameters)
        .containsExactly(0L, 2_800L, 180_200L, 720_400L);
    assertThat(summary.rows().stream().skip(1).map(row -> row.shape().elements() * 4))
        .containsExactly(6_000_000L, 3_000_000L, 1_520_000L);
    assertThat(summary.multiplyAdds())
        .isEqualTo(15_000L * 100 * 27 + 3_750L * 200 * 900 + 950L * 400 * 1800);
  }

  @Test
  void its_inference_needs_two_neighbouring_maps_and_the_parameters() {
    MemoryEstimate memory = MemoryEstimate.of(THREE_CONV);
    assertThat(memory.peak()).isEqualTo(9_000_000);
    assertThat(memory.parameters()).isEqualTo(3_613_600);
    assertThat(memory.inference()).isEqualTo(12_613_600);
  }

  @Test
  void its_training_keeps_every_map_of_the_batch() {
    MemoryEstimate.Training training = MemoryEstimate.of(THREE_CONV).training(50, 2);
    assertThat(training.input()).isEqualTo(36_000_000);
    assertThat(training.activations()).isEqualTo(526_000_000);
    assertThat(training.parameters()).isEqualTo(3_613_600);
    assertThat(training.gradients()).isEqualTo(3_613_600);
    assertThat(training.slots()).isEqualTo(7_227_200);
    assertThat(training.total()).isEqualTo(576_454_400);
  }

  @Test
  void views_cost_nothing_in_inference() {
    Graph graph =
        Graph.build(
            "views",
            Shape.of(2, 3, 5),
            x ->
                x.then(Layer.conv(4, 1))
                    .then(Layer.relu())
                    .then(Layer.flatten())
                    .then(Layer.dropout(0.5))
                    .then(Layer.dense(7)));
    MemoryEstimate memory = MemoryEstimate.of(graph);
    assertThat(memory.peak()).isEqualTo(4 * (30 + 60));
    assertThat(memory.activations()).isEqualTo(4 * (60 + 60 + 60 + 7));
  }

  @Test
  void an_activation_does_not_overwrite_what_another_node_still_reads() {
    Graph graph =
        Graph.build(
            "skip",
            Shape.of(1, 3, 5),
            x -> {
              Value conv = x.then("conv", Layer.conv(10, 1));
              return conv.then(Layer.relu()).plus(conv);
            });
    assertThat(MemoryEstimate.of(graph).peak()).isEqualTo(4 * 450);
  }

  @Test
  void an_activation_does_not_overwrite_the_input_nor_an_output() {
    Graph onInput = Graph.build("a", Shape.of(10), x -> x.then("relu", Layer.relu()));
    assertThat(MemoryEstimate.of(onInput).peak()).isEqualTo(4 * 20);
    Graph onOutput =
        Graph.build("b", Shape.of(1), x -> x.then("fc", Layer.dense(10)).then(Layer.relu()));
    assertThat(MemoryEstimate.of(onOutput).peak()).isEqualTo(4 * 11);
    assertThat(MemoryEstimate.of(onOutput.tap("fc")).peak()).isEqualTo(4 * 20);
  }

  @Test
  void a_view_keeps_the_memory_of_what_it_looks_at() {
    Graph graph =
        Graph.build(
            "view",
            Shape.of(1, 2, 5),
            x -> {
              Value flat = x.then("conv", Layer.conv(3, 1)).then("flat", Layer.flatten());
              return flat.then(Layer.dense(100)).then(Layer.dense(100)).concat(flat);
            });
    assertThat(MemoryEstimate.of(graph).peak()).isEqualTo(4 * (30 + 100 + 130));
  }

  @Test
  void memory_stays_taken_while_anyone_reads_the_value_or_a_view_of_it() {
    Graph graph =
        Graph.build(
            "late",
            Shape.of(1, 2, 5),
            x -> {
              Value conv = x.then("conv", Layer.conv(3, 1));
              Value deep = conv.then(Layer.flatten()).then(Layer.dense(100)).then(Layer.dense(100));
              return deep.concat(conv.then(Layer.globalAvgPool()).then(Layer.flatten()));
            });
    assertThat(MemoryEstimate.of(graph).peak()).isEqualTo(4 * (30 + 100 + 100));
  }

  @Test
  void frozen_layers_have_parameters_but_neither_gradients_nor_slots() {
    Graph graph =
        Graph.build(
                "frozen",
                Shape.of(2, 3, 5),
                x -> x.then("conv", Layer.conv(4, 1)).then("norm", Layer.batchNorm()))
            .freeze("conv");
    MemoryEstimate.Training training = MemoryEstimate.of(graph).training(1, 1);
    assertThat(training.parameters()).isEqualTo(4 * (12 + 8));
    assertThat(training.statistics()).isEqualTo(4 * 8);
    assertThat(training.gradients()).isEqualTo(4 * 8);
    assertThat(training.slots()).isEqualTo(4 * 8);
  }
}
