package dev.trifocal.apps.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.apps.CommandLineApp;
import dev.trifocal.datasets.DatasetRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultStreamTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void results_that_a_full_disk_loses_are_an_error() {
    assertThat(runInto(failing("No space left on device"))).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "error: the results could not be written to standard output: No space left on device;"
                + " free some space, or write them elsewhere\n");
  }

  @Test
  void a_reader_that_ends_early_has_what_it_wants() {
    assertThat(runInto(failing("Broken pipe"))).isZero();
    assertThat(err.size()).isZero();
  }

  @Test
  void results_are_written_in_the_given_encoding() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ResultStream stream = new ResultStream(bytes, StandardCharsets.ISO_8859_1);
    stream.printer().print("\u00e4");
    assertThat(stream.failure()).isEmpty();
    assertThat(bytes.toByteArray()).containsExactly(0xe4);
  }

  private int runInto(OutputStream out) {
    Terminal terminal =
        new Terminal(
            out,
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Terminal.Audience.FILE,
            Path.of(""),
            Map.of(),
            Map.of());
    return new CommandLineApp(terminal, new DatasetRegistry(List.of())).run("zoo");
  }

  private static OutputStream failing(String message) {
    return new OutputStream() {
      @Override
      public void write(int value) throws IOException {
        throw new IOException(message);
      }
    };
  }
}
