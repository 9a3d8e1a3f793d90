package dev.trifocal.apps.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.ConfigurationException;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A run is trained by one at a time")
class RunLockTest {
  @TempDir Path folder;

  @Test
  void aSecondTrainingIsRefusedWhileTheFirstGoesOn() {
    RunLock.holding(
        folder,
        () -> {
          assertThatThrownBy(() -> RunLock.holding(folder, () -> "second"))
              .isInstanceOf(ConfigurationException.class)
              .hasMessage(
                  folder
                      + " is in use by another training process; wait for it to end or choose"
                      + " another run directory");
          return "first";
        });
  }

  @Test
  void theNextOneMayComeWhenTheFirstIsDone() {
    assertThat(RunLock.holding(folder, () -> "first")).isEqualTo("first");
    assertThat(RunLock.holding(folder, () -> "second")).isEqualTo("second");
  }
}
