package dev.trifocal.apps.training;

import dev.trifocal.apps.report.training.Predictions;
import dev.trifocal.apps.report.training.SampleDisplay;
import dev.trifocal.apps.report.training.SamplePredictor;
import dev.trifocal.apps.report.training.TrainingReport;
import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.backend.Backend;
import dev.trifocal.backend.Program;
import jakarta.inject.Inject;
import java.nio.file.Path;

/** Asks a model about the data once more, and writes the report on it. */
public final class ReportWriter {
  /** The file that people open. */
  public static final String PAGE = "report.html";

  /** More samples would change no picture that one can see, and take longer. */
  private static final int MOST_SAMPLES = 5_000;

  private final Terminal terminal;

  @Inject
  ReportWriter(Terminal terminal) {
    this.terminal = terminal;
  }

  /** As {@link #write(Path, Backend, ReportSubject, SampleDisplay)}, with files where there are. */
  public void write(Path folder, Backend backend, ReportSubject subject) {
    write(folder, backend, subject, SampleDisplay.of(subject.part()));
  }

  /**
   * @param subject that is possible
   * @throws dev.trifocal.error.TrifocalException if the model does not fit the data, or a file
   *     cannot be written
   */
  public void write(Path folder, Backend backend, ReportSubject subject, SampleDisplay shown) {
    int batchSize = subject.model().settings().training().batchSize();
    String input = subject.model().graph().inputs().get(0).path();
    try (Program program = subject.model().compile(backend)) {
      Predictions predictions =
          new SamplePredictor(input, batchSize, MOST_SAMPLES)
              .of(program, subject.part(), subject.split(), shown);
      TrainingReport report =
          new TrainingReport(
              subject.title(),
              backend.engine(),
              subject.facts(),
              subject.scores(),
              subject.curves(),
              predictions);
      report.write(folder).ifPresent(terminal::remark);
    }
  }
}
