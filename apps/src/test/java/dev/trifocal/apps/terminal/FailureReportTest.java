package dev.trifocal.apps.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.error.BackendException;
import dev.trifocal.error.DataException;
import dev.trifocal.error.DivergedException;
import dev.trifocal.error.EngineMemoryException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A failure is told")
class FailureReportTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void asItsMessageAloneIfTheUserCanMendIt() {
    int code = report(new DataException("x.npy: is empty"), Map.of());
    assertThat(text()).isEqualTo("error: x.npy: is empty\n");
    assertThat(code).isEqualTo(2);
  }

  @Test
  void withTheFlagOfTheLearningRateIfTrainingDiverged() {
    int code = report(new DivergedException("x. Try a learning rate below 0.1"), Map.of());
    assertThat(text()).isEqualTo("error: x. Try a learning rate below 0.1 (--lr)\n");
    assertThat(code).isEqualTo(2);
  }

  @Test
  void withALogFileIfItIsOurs() throws IOException {
    int code = report(new BackendException("engine broke", new IllegalStateException()), Map.of());
    assertThat(code).isEqualTo(1);
    assertThat(text())
        .startsWith("error: internal error: engine broke\nThis is a bug in Trifocal.")
        .doesNotContain("\tat ");
    Path log = Path.of(text().replaceAll("(?s).*Details are in (.*); please.*", "$1"));
    assertThat(log).content().contains("BackendException: engine broke", "\tat ");
    Files.delete(log);
  }

  @Test
  void withItsStackTraceWhereSomeoneAsksForIt() {
    report(new DataException("x"), Map.of(FailureReport.DEBUG, "1"));
    assertThat(text()).contains("error: x\n", "\tat ");
  }

  @Test
  void withACureIfMemoryIsShort() {
    int code = report(new OutOfMemoryError("Java heap space"), Map.of());
    assertThat(text())
        .startsWith("error: not enough memory (Java heap space); give Java more memory with")
        .contains("or use a smaller --batch-size where the command has one");
    assertThat(code).isEqualTo(2);
  }

  @Test
  void withWhatDidNotFitWhereAnotherThreadRanOutOfMemory() {
    OutOfMemoryError passedOn = new OutOfMemoryError();
    passedOn.initCause(new OutOfMemoryError("a.png: the picture does not fit"));
    report(passedOn, Map.of());
    assertThat(text())
        .startsWith("error: not enough memory (a.png: the picture does not fit); give");
  }

  @Test
  void withTheCuresOfAnEngineThatIsShortOfMemoryWhateverItThrew() {
    EngineMemoryException failure =
        EngineMemoryException.of("net", "no 5 bytes", new OutOfMemoryError("no 5 bytes"))
            .advising("net ran out of memory. --recompute needs less");
    int code = report(failure, Map.of());
    assertThat(text()).isEqualTo("error: net ran out of memory. --recompute needs less\n");
    assertThat(code).isEqualTo(2);
  }

  @Test
  void asAFullDiskWhereverThatHappens() {
    IOException cause = new FileSystemException("/r/last", null, "No space left on device");
    int code = report(new UncheckedIOException(cause), Map.of());
    assertThat(text()).startsWith("error: the disk is full: ").contains("/r/last");
    assertThat(code).isEqualTo(2);
  }

  private int report(Throwable failure, Map<String, String> environment) {
    PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    Terminal terminal =
        new Terminal(stream, stream, Terminal.Audience.FILE, Path.of(""), environment, Map.of());
    return new FailureReport(terminal, List.of()).report(failure, FailureReport.Detail.MESSAGE);
  }

  private String text() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
