package dev.trifocal.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.ConfigurationException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RunOptionsTest {
  @Test
  void by_default_all_cores_of_the_cpu_compute_and_nothing_is_written() {
    assertThat(RunOptions.DEFAULT.device()).isEqualTo(Device.CPU);
    assertThat(RunOptions.DEFAULT.threads()).isZero();
    assertThat(RunOptions.DEFAULT.portableStep()).isEmpty();
  }

  @Test
  void portable_step_names_a_file_and_keeps_the_rest() {
    RunOptions options =
        new RunOptions(Device.parse("gpu:1"), 3)
            .typicalBatchSize(5)
            .portableStep(Path.of("step.onnx"));
    assertThat(options.device()).hasToString("gpu:1");
    assertThat(options.threads()).isEqualTo(3);
    assertThat(options.typicalBatchSize()).isEqualTo(5);
    assertThat(options.portableStep()).contains(Path.of("step.onnx"));
    assertThat(options.withoutPortableStep())
        .isEqualTo(new RunOptions(Device.parse("gpu:1"), 3).typicalBatchSize(5));
  }

  @Test
  void activations_are_kept_unless_someone_says_otherwise() {
    assertThat(RunOptions.DEFAULT.activations()).isEqualTo(Activations.KEEP);
    RunOptions recomputing = RunOptions.DEFAULT.activations(Activations.RECOMPUTE);
    assertThat(recomputing.typicalBatchSize(5).portableStep(Path.of("step.onnx")))
        .extracting(RunOptions::activations)
        .isEqualTo(Activations.RECOMPUTE);
    assertThat(recomputing.withoutPortableStep()).isEqualTo(recomputing);
    assertThat(recomputing.activations(Activations.KEEP)).isEqualTo(RunOptions.DEFAULT);
  }

  @Test
  void batches_have_32_samples_unless_someone_says_otherwise() {
    assertThat(RunOptions.DEFAULT.typicalBatchSize()).isEqualTo(32);
    assertThatThrownBy(() -> RunOptions.DEFAULT.typicalBatchSize(0))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("the batch size must be at least 1, but is 0");
  }

  @Test
  void precision_is_float32_unless_someone_says_otherwise_and_other_options_keep_it() {
    assertThat(RunOptions.DEFAULT.precision()).isEqualTo(ComputePrecision.FLOAT32);
    RunOptions bf16 = RunOptions.DEFAULT.precision(ComputePrecision.BF16);
    assertThat(bf16.portableStep(Path.of("x")).typicalBatchSize(3).withoutPortableStep())
        .isEqualTo(RunOptions.DEFAULT.typicalBatchSize(3).precision(ComputePrecision.BF16));
  }

  @Test
  void training_takes_float32_only() {
    assertThat(RunOptions.DEFAULT.requireTrainable()).isEqualTo(RunOptions.DEFAULT);
    assertThatThrownBy(() -> RunOptions.DEFAULT.precision(ComputePrecision.BF16).requireTrainable())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(
            "training computes in float32 only, but precision is bf16; choose precision float32");
  }

  @Test
  void fewer_than_no_threads_are_refused() {
    assertThatThrownBy(() -> new RunOptions(Device.CPU, -1))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("threads must be 0 to 256, but is -1");
  }
}
