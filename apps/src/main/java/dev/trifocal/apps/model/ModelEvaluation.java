package dev.trifocal.apps.model;

import dev.trifocal.apps.report.EvaluationResult;
import dev.trifocal.backend.Backend;
import dev.trifocal.backend.Program;
import dev.trifocal.config.TrainingSettings;
import dev.trifocal.data.Dataset;
import dev.trifocal.train.LossGraph;
import dev.trifocal.trainer.Callbacks;
import dev.trifocal.trainer.Evaluator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Computes loss and metrics of a model on splits of a data set. */
public final class ModelEvaluation {
  private final Backend backend;
  private final LoadedModel model;

  public ModelEvaluation(Backend backend, LoadedModel model) {
    this.backend = backend;
    this.model = model;
  }

  public List<EvaluationResult> scores(Map<String, Dataset> parts) {
    TrainingSettings training = model.settings().training();
    Evaluator evaluator =
        new Evaluator(
            LossGraph.of(model.graph(), model.state().plan().objectives()),
            model.state().metrics(),
            training.batchSize(),
            training.loaderThreads(),
            Callbacks.none());
    List<EvaluationResult> scores = new ArrayList<>();
    try (Program program = model.compile(backend, evaluator.graph())) {
      parts.forEach(
          (name, part) ->
              scores.add(
                  new EvaluationResult(name, part.size(), evaluator.evaluate(program, part))));
    }
    return scores;
  }
}
