package dev.trifocal.apps.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.apps.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InterruptHandlerTest {
  @Test
  void theFirstRequestAsksTheTrainingToStopAndSaysSo() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    Terminal terminal =
        new Terminal(stream, stream, Terminal.Audience.FILE, Path.of(""), Map.of(), Map.of());
    try (InterruptHandler interruption = InterruptHandler.watch(terminal)) {
      assertThat(interruption.requested()).isFalse();
      interruption.request();
      assertThat(interruption.requested()).isTrue();
    }
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo("\nstopping after this step; press Ctrl-C again to exit immediately\n");
  }
}
