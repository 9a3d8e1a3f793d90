package dev.trifocal.apps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.datasets.npy.Npy;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher refuses limits that are too low; others start the program in their own way. */
@DisplayName("A limit of the operating system is one message")
@EnabledOnOs(OS.LINUX)
class SystemLimitsTest {
  private static final String RUN = "run lenet5 --quiet --input x.npy --output y.npy";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {15, 20, 30, 40, 50, 60, 65, 70, 75, 80})
  void of_open_files(int files) throws IOException, InterruptedException {
    ProcessRun run = limited("ulimit -n " + files, RUN);
    assertThat(run.err()).doesNotContain("\tat ", "Exception");
    if (run.exitCode() != 0) {
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err().lines()).hasSize(1);
      assertThat(run.err()).startsWith("error: too many open files; raise the limit");
    }
  }

  @Test
  void of_open_files_even_if_no_library_can_be_loaded() throws IOException, InterruptedException {
    assertThat(limited("ulimit -n 20", RUN).err())
        .isEqualTo(
            "error: too many open files; raise the limit in a new shell, for example with 'ulimit -n"
                + " 1024'\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"onnx", "djl", "dl4j"})
  void of_file_sizes(String backend) throws IOException, InterruptedException {
    ProcessRun run = limited("ulimit -f 100", RUN + " --backend " + backend);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err())
        .startsWith(
            "error: a file would exceed the file size limit; raise it in a new shell with 'ulimit -f"
                + " unlimited', or write to another disk")
        .doesNotContain("no native library");
    assertThat(run.exitCode()).isEqualTo(2);
  }

  /** Runs a command in a JVM whose native libraries are not unpacked yet. */
  private ProcessRun limited(String limit, String command)
      throws IOException, InterruptedException {
    Npy.write(folder.resolve("x.npy"), Tensor.floats(Shape.of(1, 1, 28, 28), values -> {}));
    return ProcessRun.in(folder, "%s; exec \"$@\" %s".formatted(limit, command));
  }
}
