package dev.trifocal.apps.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassArchiveRunTest {
  @Test
  void all_commands_succeed_and_write_to_their_folder(@TempDir Path folder) {
    assertThat(new ClassArchiveRun(folder).exitCode()).isZero();
    assertThat(folder)
        .isDirectoryContaining("glob:**/predictions.csv")
        .isDirectoryContaining("glob:**/model.onnx")
        .isDirectoryContaining("glob:**/tuned");
  }
}
