package dev.trifocal.apps.training;

import dev.trifocal.apps.model.MultiLabelEvaluation;
import dev.trifocal.apps.model.PixelEvaluation;
import dev.trifocal.apps.report.training.Predictions;
import dev.trifocal.apps.report.training.ReportedPredictions;
import dev.trifocal.apps.report.training.SampleDisplay;
import dev.trifocal.apps.report.training.SampleExplainer;
import dev.trifocal.apps.report.training.SamplePredictor;
import dev.trifocal.apps.report.training.TrainingReport;
import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.backend.Backend;
import dev.trifocal.backend.Program;
import jakarta.inject.Inject;
import java.nio.file.Path;

/** Runs a model on the data and writes a report on its predictions. */
public final class ReportWriter {
  /** The file name of the report. */
  public static final String PAGE = "report.html";

  /** The largest number of samples to predict; more take longer without a visible difference. */
  private static final int MOST_SAMPLES = 5_000;

  private final Terminal terminal;

  @Inject
  ReportWriter(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Writes the report with the usual display of the samples; images are named by their files. */
  public void write(Path folder, Backend backend, ReportSubject subject) {
    write(folder, backend, subject, SampleDisplay.of(subject.part()));
  }

  /**
   * Writes the report.
   *
   * @param folder the folder to write to
   * @param subject a subject for which {@link ReportSubject#isPossible} holds
   * @param shown how to display the samples
   * @throws dev.trifocal.error.TrifocalException if model and data are incompatible, or a file
   *     cannot be written
   */
  public void write(Path folder, Backend backend, ReportSubject subject, SampleDisplay shown) {
    ReportedPredictions predictions = reported(backend, subject, shown);
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

  private static ReportedPredictions reported(
      Backend backend, ReportSubject subject, SampleDisplay shown) {
    if (subject.part().isMultiLabel()) {
      return new MultiLabelPredictor(new MultiLabelEvaluation(backend, subject.model()))
          .of(subject.part(), subject.split(), shown);
    }
    return subject.part().isSegmentation()
        ? new PixelPredictor(new PixelEvaluation(backend, subject.model()))
            .of(subject.part(), subject.split(), shown)
        : predictions(backend, subject, shown);
  }

  private static Predictions predictions(
      Backend backend, ReportSubject subject, SampleDisplay shown) {
    int batchSize = subject.model().settings().training().batchSize();
    String input = subject.model().graph().inputs().get(0).path();
    SamplePredictor predictor = new SamplePredictor(input, batchSize, MOST_SAMPLES);
    try (Program program = subject.model().compile(backend)) {
      if (subject.explanation().isEmpty()) {
        return predictor.of(program, subject.part(), subject.split(), shown, SampleExplainer.NONE);
      }
      try (ReportExplainer explainer =
          ReportExplainer.of(
              subject.model(), backend, subject.explanation().get(), subject.part())) {
        return predictor.of(program, subject.part(), subject.split(), shown, explainer);
      }
    }
  }
}
