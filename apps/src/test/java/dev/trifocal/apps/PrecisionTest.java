package dev.trifocal.apps;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("--precision is refused where nothing would be faster")
class PrecisionTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"onnx", "dl4j"})
  void by_engines_that_compute_in_float32_only(String backend) {
    assertThat(fails("benchmark", "lenet5", "--inference", "--backend", backend))
        .isEqualTo(
            "error: backend %s computes in float32 only, but precision is bf16; choose precision float32, or backend djl, which predicts in bf16\n"
                .formatted(backend));
  }

  @ParameterizedTest
  @ValueSource(strings = {"onnx", "djl", "dl4j", "auto"})
  void in_training_before_there_is_a_run_directory(String backend) {
    assertThat(fails("train", "--out", "run", "--backend", backend))
        .contains("training computes in float32 only, but precision is bf16")
        .contains("the trained network can predict in bf16");
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void as_the_name_of_no_precision() {
    AppRun run = AppRun.in(folder, "evaluate", "lenet5", "--precision", "int8");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("must be one of float32, bf16, but is 'int8'");
  }

  private String fails(String... arguments) {
    String[] all = Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "--precision";
    all[arguments.length + 1] = "bf16";
    AppRun run = AppRun.in(folder, all);
    assertThat(run.exitCode()).as(run.out()).isEqualTo(2);
    return run.err();
  }
}
