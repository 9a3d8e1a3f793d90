package dev.trifocal.apps.training;

import dev.trifocal.apps.model.LoadedModel;
import dev.trifocal.apps.report.EvaluationResult;
import dev.trifocal.apps.report.training.MetricCurves;
import dev.trifocal.apps.report.training.ReportFact;
import dev.trifocal.data.Dataset;
import dev.trifocal.explain.ExplanationMethod;
import dev.trifocal.graph.Graph;
import dev.trifocal.shape.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The subject of a report.
 *
 * @param model a model that outputs logits
 * @param split the name of the split
 * @param part the split of the data whose images and confusions are shown
 * @param curves the metrics by epoch
 * @param scores the scores on this split and others
 * @param explanation how predictions are explained, if they are
 */
public record ReportSubject(
    LoadedModel model,
    String split,
    Dataset part,
    MetricCurves curves,
    List<EvaluationResult> scores,
    List<ReportFact> facts,
    Optional<ExplanationMethod> explanation) {
  /** Returns a title that names the network and the data. */
  public String title() {
    Path data = Path.of(model.settings().data()).toAbsolutePath().normalize().getFileName();
    return "%s on %s".formatted(model.graph().name(), data);
  }

  /**
   * Returns whether a report can be written: the data holds images and the model is a classifier.
   */
  public boolean isPossible() {
    Shape sample = part.sampleShape();
    boolean images = sample.rank() == 3 && (sample.size(0) == 1 || sample.size(0) == 3);
    Graph graph = model.graph();
    return images
        && part.size() > 0
        && !part.classes().isEmpty()
        && graph.outputs().containsKey(Graph.OUTPUT)
        && graph.output(Graph.OUTPUT).shape().rank() == (part.isSegmentation() ? 3 : 1);
  }
}
