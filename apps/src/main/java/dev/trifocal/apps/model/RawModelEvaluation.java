package dev.trifocal.apps.model;

import dev.trifocal.apps.engine.BackendRegistry;
import dev.trifocal.apps.report.EvaluationResult;
import dev.trifocal.data.Dataset;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.ScoreOutput;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.layer.Layer;
import dev.trifocal.layer.ScoreKind;
import dev.trifocal.shape.Shape;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.trainer.TrainingState;
import dev.trifocal.vision.ClassifierModel;
import dev.trifocal.vision.ImageClassifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Evaluates a file that cannot be imported as a graph, by its probabilities. */
public final class RawModelEvaluation {
  private static final String LOSS = "loss";

  private final BackendRegistry backends;
  private final RawOnnxModel model;
  private final ScoreChoice choice;

  public RawModelEvaluation(BackendRegistry backends, RawOnnxModel model, ScoreChoice choice) {
    this.backends = backends;
    this.model = model;
    this.choice = choice;
  }

  /** Returns loss and metrics for each split; without loss if the file only outputs class ids. */
  public List<EvaluationResult> scores(Map<String, Dataset> parts) {
    List<EvaluationResult> results = new ArrayList<>();
    parts.forEach((name, part) -> results.add(result(name, part)));
    return results;
  }

  private EvaluationResult result(String name, Dataset part) {
    ScoreOutput scores = model.scores(choice);
    ClassifierModel described =
        model.classifier(choice).preprocessing(part.preprocessing().orElse(Preprocessing.UNIT));
    boolean ranked = scores.kind() == ScoreKind.CLASS_IDS || scores.ids().isPresent();
    try (ImageClassifier classifier = ImageClassifier.of(described, model.program(backends))) {
      ScoredDataset scored = new ScoredDataset(part, classifier, scores, names(part));
      LoadedModel identity = identity(scored.sampleShape(), scores);
      EvaluationResult result =
          new ModelEvaluation(backends.backend(model.settings().engine().backend()), identity)
              .scores(Map.of(name, scored))
              .get(0);
      return ranked ? withoutLoss(result) : result;
    }
  }

  private int names(Dataset part) {
    return Math.max(2, Math.max(part.classes().size(), model.classes().size()));
  }

  /** Returns a graph whose output is its input. */
  private LoadedModel identity(Shape logits, ScoreOutput scores) {
    Graph graph = Graph.build("scores", logits, value -> value.then(Layer.reshape(logits.size(0))));
    Checkpoint checkpoint = Checkpoint.start(graph, model.settings().seed());
    TrainingState state =
        TrainingState.start(
            checkpoint,
            TrainingPlan.of(
                ClassifierLoss.of(
                    logits.size(0) == 2 ? ScoreKind.PROBABILITIES : scores.kind(), logits.size(0)),
                model.settings().training().optimizer().optimizer()),
            DefaultMetrics.of(model.settings(), logits.size(0)),
            model.classes());
    return new LoadedModel(
        model.name(), state, model.settings(), model.preprocessing(), Optional.empty());
  }

  private static EvaluationResult withoutLoss(EvaluationResult result) {
    Map<String, Double> metrics = new LinkedHashMap<>(result.metrics());
    metrics.remove(LOSS);
    return new EvaluationResult(result.split(), result.samples(), metrics);
  }
}
