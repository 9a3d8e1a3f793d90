package dev.trifocal.apps.report.training;

import dev.trifocal.apps.report.EvaluationResult;
import dev.trifocal.file.AtomicFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The content of a report on a training run.
 *
 * @param title the model and the data, such as {@code resnet18 on flowers}
 * @param subtitle the line below the title, such as the engine
 * @param facts settings, figures and versions, in the order in which they are shown
 * @param scores the scores of the best weights on the splits of the data set
 */
public record TrainingReport(
    String title,
    String subtitle,
    List<ReportFact> facts,
    List<EvaluationResult> scores,
    MetricCurves curves,
    ReportedPredictions predictions) {
  public TrainingReport {
    facts = List.copyOf(facts);
    scores = List.copyOf(scores);
  }

  /**
   * Writes {@code report.html}, which needs no other file, {@code curves.png} and the drawings of
   * the predictions: {@code confusion.png} and {@code predictions.png}, none for multi-label.
   *
   * @param folder the folder to write to, created if missing
   * @return a note to the user, if any: on a system without fonts, the PNG files are missing
   * @throws dev.trifocal.error.FileException if a file cannot be written
   */
  public Optional<String> write(Path folder) {
    AtomicFile.write(folder.resolve("report.html"), new ReportPage(this).text());
    return new PlotFiles(this).write(folder);
  }
}
