package dev.trifocal.backend.djl;

import static dev.trifocal.layer.Layer.conv;
import static dev.trifocal.layer.Layer.dense;
import static dev.trifocal.layer.Layer.flatten;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.ComputePrecision;
import dev.trifocal.backend.Device;
import dev.trifocal.backend.Processor;
import dev.trifocal.backend.Program;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.graph.Graph;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.HalfPrecision;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.Adam;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.SoftmaxCrossEntropy;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.weights.HalfRounding;
import dev.trifocal.weights.Weights;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Bfloat16Test {
  private static final RunOptions BF16 =
      new RunOptions(Device.CPU, 1).precision(ComputePrecision.BF16);

  private static final Processor ABLE = new Processor("Abacus", Set.of("avx512_bf16"));

  private final Graph graph =
      Graph.build(
          "small",
          Shape.of(3, 6, 6),
          x -> x.then("conv", conv(8, 3)).then("flat", flatten()).then("fc", dense(4)));

  private final Weights weights = graph.initialWeights(1);

  @ParameterizedTest
  @ValueSource(strings = {"avx512_bf16", "amx_bf16"})
  void processors_that_multiply_bfloat16_are_accepted(String feature) {
    Bfloat16.requireFaster(BF16, new Processor("Abacus", Set.of("avx2", feature)));
  }

  @Test
  void other_processors_are_refused_with_what_they_lack_and_what_to_do() {
    assertThatThrownBy(
            () -> Bfloat16.requireFaster(BF16, new Processor("Abacus", Set.of("avx512f"))))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "backend djl predicts faster in bf16 only on processors with AVX-512-BF16 or AMX (avx512_bf16 or amx_bf16 in /proc/cpuinfo), and Abacus has neither; choose precision float32. Models take half the space on any machine if they are exported with weights of 16 bits");
  }

  @Test
  void float32_needs_no_such_processor() {
    Bfloat16.requireFaster(
        BF16.precision(ComputePrecision.FLOAT32), new Processor("Abacus", Set.of("avx2")));
  }

  @Test
  void graphics_processors_are_refused() {
    RunOptions gpu = new RunOptions(Device.parse("gpu"), 1).precision(ComputePrecision.BF16);
    assertThatThrownBy(() -> Bfloat16.requireFaster(gpu, ABLE))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(
            "backend djl predicts in bf16 on the CPU only, but the device is gpu:0");
  }

  @Test
  void convolutions_multiply_numbers_rounded_to_bfloat16_and_sum_them_up_in_float32() {
    Graph only = Graph.build("only", Shape.of(3, 6, 6), x -> x.then("conv", conv(8, 3)));
    Weights own = only.initialWeights(1);
    Tensor input = ramp(1, 3, 6, 6);
    Tensor rounded =
        HalfRounding.of(new Weights(Map.of("x", input)), HalfPrecision.BF16).weights().tensor("x");
    float[] exact =
        run(only, HalfRounding.of(own, HalfPrecision.BF16).weights(), rounded, float32());
    float[] computed = run(only, own, input, BF16);
    assertThat(computed).isNotEqualTo(run(only, own, input, float32()));
    for (int i = 0; i < exact.length; i++) {
      // The result itself is a bfloat16 number: at most half a unit of 2^-8 away.
      assertThat(computed[i]).isEqualTo(HalfPrecision.BF16.rounded(computed[i]));
      assertThat((double) Math.abs(computed[i] - exact[i]))
          .isLessThanOrEqualTo(Math.abs(exact[i]) * 0x1p-8 + 1e-6);
    }
  }

  @Test
  void layers_other_than_convolutions_stay_float32() {
    Graph only = Graph.build("only", Shape.of(6), x -> x.then("fc", dense(4)));
    Weights own = only.initialWeights(1);
    assertThat(run(only, own, ramp(2, 6), BF16)).isEqualTo(run(only, own, ramp(2, 6), float32()));
  }

  @Test
  void a_program_can_run_again_and_gives_the_same() {
    try (Program program = open(graph, weights, BF16)) {
      Map<String, Tensor> inputs = Map.of("input", ramp(2, 3, 6, 6));
      assertThat(program.run(inputs)).isEqualTo(program.run(inputs));
    }
  }

  @Test
  void training_is_refused_before_anything_is_loaded() {
    Backend backend = new DjlBackend();
    TrainingPlan plan = TrainingPlan.of(new SoftmaxCrossEntropy(), Adam.of(0.01));
    assertThatThrownBy(() -> backend.train(plan, Checkpoint.start(graph, 1), BF16))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("training computes in float32 only, but precision is bf16");
  }

  private static RunOptions float32() {
    return BF16.precision(ComputePrecision.FLOAT32);
  }

  private static float[] run(Graph graph, Weights weights, Tensor input, RunOptions options) {
    try (Program program = open(graph, weights, options)) {
      return program.run(Map.of("input", input)).get(Graph.OUTPUT).toFloats();
    }
  }

  private static Program open(Graph graph, Weights weights, RunOptions options) {
    return DjlProgram.open(graph, weights, options, new Unobserved(), ABLE);
  }

  private static Tensor ramp(int... sizes) {
    return Tensor.floats(
        Shape.of(sizes),
        buffer -> {
          for (int i = 0; i < buffer.capacity(); i++) {
            buffer.put(i, (i * 37 % 101 - 50) / 49f);
          }
        });
  }
}
