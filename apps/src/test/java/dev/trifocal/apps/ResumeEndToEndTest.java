package dev.trifocal.apps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.trainer.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("An interrupted training")
class ResumeEndToEndTest {
  @TempDir Path folder;

  @Test
  void isTheNewestUnfinishedRunWhereNoneIsNamed() throws IOException {
    train("finished");
    train("unfinished");
    // As a kill between the last epoch and the model file leaves it.
    Files.delete(folder.resolve("runs/unfinished/model.onnx"));
    AppRun resumed = AppRun.in(folder, "train", "--resume");
    assertThat(resumed.err()).isEmpty();
    assertThat(resumed.out()).endsWith("/runs/unfinished IMAGE\n");
    assertThat(folder.resolve("runs/unfinished/model.onnx")).isNotEmptyFile();
    assertThat(AppRun.in(folder, "train", "--resume").err()).contains("there is no unfinished run");
  }

  @Test
  void beginsAnewIfNothingHadBeenSaved() throws IOException {
    train("whole");
    Path killed = Files.createDirectories(folder.resolve("runs/killed"));
    Files.copy(folder.resolve("runs/whole/trifocal.conf"), killed.resolve("trifocal.conf"));
    assertThat(AppRun.in(folder, "train", "--resume", "runs/killed").exitCode()).isZero();
    assertThat(weights("killed")).isEqualTo(weights("whole"));
  }

  @Test
  void canStartAgainIfItWasKilledBeforeItsSettingsWereWritten() throws IOException {
    Path killed = Files.createDirectories(folder.resolve("runs/killed"));
    Files.createFile(killed.resolve(".lock"));
    Files.createFile(killed.resolve(".trifocal.conf.1-0.tmp"));
    train("killed");
    assertThat(killed.resolve("model.onnx")).isNotEmptyFile();
  }

  private Map<String, ?> weights(String run) {
    Path path = folder.resolve("runs").resolve(run);
    return RunDirectory.at(path).best().checkpoint().weights().tensors();
  }

  private void train(String name) {
    AppRun run =
        AppRun.in(folder, "train", "--epochs", "1", "--threads", "1", "--out", "runs/" + name);
    assertThat(run.err()).isEmpty();
  }
}
