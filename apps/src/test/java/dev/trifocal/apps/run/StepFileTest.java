package dev.trifocal.apps.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.config.SettingsSources;
import dev.trifocal.error.FileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepFileTest {
  private static final StepRecord FIRST = new StepRecord(1, 1, 2.302585, 1e-3, "onnx");
  private static final StepRecord SECOND = new StepRecord(2, 1, 0.1 + 0.2, 8e-9, "djl");

  @TempDir Path folder;

  @Test
  void stepsComeBackAsTheyWereAdded() {
    StepFile file = file();
    assertThat(file.read()).isEmpty();
    file.add(FIRST);
    file.add(SECOND);
    assertThat(file.read()).containsExactly(FIRST, SECOND);
  }

  @Test
  void whatAResumeTakesAnewIsTakenAway() {
    StepFile file = file();
    file.add(FIRST);
    file.add(SECOND);
    file.keepUpTo(1);
    assertThat(file.read()).containsExactly(FIRST);
  }

  @Test
  void aLastLineThatAKillCutOffIsLeftOut() throws IOException {
    StepFile file = file();
    file.add(FIRST);
    write("{\"step\":2,\"epo");
    assertThat(file.read()).containsExactly(FIRST);
    file.keepUpTo(1);
    file.add(SECOND);
    assertThat(file.read()).containsExactly(FIRST, SECOND);
  }

  @Test
  void aDamagedLineIsNamed() throws IOException {
    StepFile file = file();
    file.add(FIRST);
    write("what?\n");
    file.add(SECOND);
    assertThatThrownBy(file::read)
        .isInstanceOf(FileException.class)
        .hasMessage(folder.resolve("steps.jsonl") + ": line 2 is not a valid step record");
  }

  private void write(String text) throws IOException {
    Files.writeString(folder.resolve("steps.jsonl"), text, StandardOpenOption.APPEND);
  }

  private StepFile file() {
    return StepFile.of(
        new TrainingRun(folder, new SettingsSources(Optional.empty(), Map.of(), Map.of()).read()));
  }
}
