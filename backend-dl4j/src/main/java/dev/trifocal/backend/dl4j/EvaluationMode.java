package dev.trifocal.backend.dl4j;

import dev.trifocal.layer.BatchNorm;
import dev.trifocal.layer.Dropout;

/** Nothing is dropped, and batch norms use their running statistics. */
record EvaluationMode(Operators operators) implements Mode {
  @Override
  public Traced dropout(Dropout layer, Site site) {
    return new Traced(
        operators.memory().share(site.input()),
        (gradient, sink) -> sink.input(operators.memory().share(gradient)));
  }

  @Override
  public Traced batchNorm(BatchNorm layer, Site site) {
    return new Normalisations(operators).frozenBatchNorm(layer, site);
  }
}
