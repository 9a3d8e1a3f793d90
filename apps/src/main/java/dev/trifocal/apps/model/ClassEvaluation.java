package dev.trifocal.apps.model;

import dev.trifocal.apps.report.ClassResults;
import dev.trifocal.apps.report.PixelResults;
import dev.trifocal.apps.report.ResultsByClass;
import dev.trifocal.backend.Backend;
import dev.trifocal.data.Dataset;
import java.util.Optional;

/** Computes the results of a model for each class, where accuracy and its like do not tell them. */
public record ClassEvaluation(Backend backend, LoadedModel model) {
  /**
   * Returns the results on multi-label data and in segmentation; empty if each sample has one
   * class.
   *
   * @param split the name of the split
   */
  public Optional<ResultsByClass> of(String split, Dataset data) {
    if (data.isMultiLabel()) {
      MultiLabelEvaluation evaluation = new MultiLabelEvaluation(backend, model);
      return Optional.of(new ClassResults(split, data.classes(), evaluation.of(data)));
    }
    if (data.isSegmentation()) {
      PixelEvaluation evaluation = new PixelEvaluation(backend, model);
      return Optional.of(new PixelResults(split, data.classes(), evaluation.of(data)));
    }
    return Optional.empty();
  }
}
