package dev.trifocal.apps.training;

import dev.trifocal.apps.model.LoadedModel;
import dev.trifocal.apps.report.EvaluationResult;
import dev.trifocal.apps.report.training.MetricCurves;
import dev.trifocal.apps.report.training.ReportFact;
import dev.trifocal.data.Dataset;
import dev.trifocal.graph.Graph;
import dev.trifocal.shape.Shape;
import java.nio.file.Path;
import java.util.List;

/**
 * What a report is about.
 *
 * @param model whose output is logits
 * @param split what the part is called
 * @param part of the data, whose pictures and confusions are shown
 * @param scores of this part and others
 */
public record ReportSubject(
    LoadedModel model,
    String split,
    Dataset part,
    MetricCurves curves,
    List<EvaluationResult> scores,
    List<ReportFact> facts) {
  /** The network and the data, in a few words. */
  public String title() {
    Path data = Path.of(model.settings().data()).toAbsolutePath().normalize().getFileName();
    return "%s on %s".formatted(model.graph().name(), data);
  }

  /** Whether there are pictures, and classes that the model tells apart. */
  public boolean isPossible() {
    Shape sample = part.sampleShape();
    boolean images = sample.rank() == 3 && (sample.size(0) == 1 || sample.size(0) == 3);
    Graph graph = model.graph();
    return images
        && part.size() > 0
        && !part.classes().isEmpty()
        && graph.outputs().containsKey(Graph.OUTPUT)
        && graph.output(Graph.OUTPUT).shape().rank() == 1;
  }
}
