package dev.trifocal.apps.training;

import dev.trifocal.apps.model.LoadedModel;
import dev.trifocal.apps.report.training.ClassMap;
import dev.trifocal.apps.report.training.SampleDisplay;
import dev.trifocal.apps.report.training.SampleExplainer;
import dev.trifocal.backend.Backend;
import dev.trifocal.data.Dataset;
import dev.trifocal.explain.ExplainedClassifier;
import dev.trifocal.explain.ExplanationMethod;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Logits;
import dev.trifocal.image.Image;
import dev.trifocal.tensor.Tensor;
import java.util.List;

/** Explains the samples of a data set to a model, as the model reads them. */
record ReportExplainer(ExplainedClassifier classifier, ExplanationMethod method, Dataset data)
    implements SampleExplainer, AutoCloseable {

  /**
   * @param model a model that outputs logits
   */
  static ReportExplainer of(
      LoadedModel model, Backend backend, ExplanationMethod method, Dataset data) {
    ExplainedClassifier classifier =
        ExplainedClassifier.of(
            Logits.unnormalised(model.graph(), Graph.OUTPUT),
            model.state().checkpoint().weights(),
            backend,
            model.settings().engine().options());
    return new ReportExplainer(classifier, method, data);
  }

  @Override
  public List<ClassMap> maps(int index, List<Integer> labels) {
    Tensor input = data.batch(new int[] {index}).input();
    Image seen = SampleDisplay.tensors(data).image(index);
    return labels.stream()
        .map(label -> new ClassMap(label, method.explain(classifier, input, label).over(seen)))
        .toList();
  }

  @Override
  public void close() {
    classifier.close();
  }
}
