package dev.trifocal.apps.report.training;

import dev.trifocal.apps.report.EvaluationResult;
import dev.trifocal.file.AtomicFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What became of a training, in plain values.
 *
 * @param title the model and the data, such as {@code resnet18 on flowers}
 * @param subtitle a line below, such as the engine
 * @param facts settings, figures and versions, in the order in which they are shown
 * @param scores of the parts of the data set, the model's figures at its best
 */
public record TrainingReport(
    String title,
    String subtitle,
    List<ReportFact> facts,
    List<EvaluationResult> scores,
    MetricCurves curves,
    Predictions predictions) {
  public TrainingReport {
    facts = List.copyOf(facts);
    scores = List.copyOf(scores);
  }

  /**
   * Writes {@code report.html}, which needs no other file, and {@code curves.png}, {@code
   * confusion.png} and {@code predictions.png}.
   *
   * @param folder made where it is missing
   * @return what a person should know about it, if anything: that the PNG files are missing on a
   *     machine without fonts
   * @throws dev.trifocal.error.FileException if a file cannot be written
   */
  public Optional<String> write(Path folder) {
    AtomicFile.write(folder.resolve("report.html"), new ReportPage(this).text());
    return new PlotFiles(this).write(folder);
  }
}
