package dev.trifocal.apps.model;

import dev.trifocal.apps.engine.BackendRegistry;
import dev.trifocal.apps.report.ClassResults;
import dev.trifocal.apps.report.EvaluationResult;
import dev.trifocal.backend.Backend;
import dev.trifocal.data.Dataset;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.ScoreOutput;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.layer.Layer;
import dev.trifocal.layer.ScoreKind;
import dev.trifocal.shape.Shape;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.Loss;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.trainer.TrainingState;
import dev.trifocal.vision.ClassifierModel;
import dev.trifocal.vision.ImageClassifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

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

  /**
   * Returns the scores of each class for each split of multi-label data.
   *
   * @throws ConfigurationException if the file's classes exclude each other
   */
  public List<ClassResults> classes(Map<String, Dataset> parts) {
    List<ClassResults> results = new ArrayList<>();
    parts.forEach(
        (name, part) ->
            results.add(
                scored(
                    part,
                    (identity, scored) ->
                        new ClassResults(
                            name,
                            part.classes(),
                            new MultiLabelEvaluation(backend(), identity).of(scored)))));
    return results;
  }

  private EvaluationResult result(String name, Dataset part) {
    ScoreOutput scores = model.scores(choice);
    boolean ranked = scores.kind() == ScoreKind.CLASS_IDS || scores.ids().isPresent();
    EvaluationResult result =
        scored(
            part,
            (identity, scored) ->
                new ModelEvaluation(backend(), identity).scores(Map.of(name, scored)).get(0));
    return ranked ? withoutLoss(result) : result;
  }

  /** Applies a function to the samples' logits and a model that passes them on. */
  private <T> T scored(Dataset part, BiFunction<LoadedModel, Dataset, T> function) {
    ScoreOutput scores = model.scores(choice);
    if (part.isMultiLabel() && scores.kind() == ScoreKind.LOGITS) {
      throw new ConfigurationException(
          "%s does not tell what its scores are; choose --scores sigmoid or sigmoid-logits"
              .formatted(model.name()));
    }
    ClassifierModel described =
        model.classifier(choice).preprocessing(part.preprocessing().orElse(Preprocessing.UNIT));
    try (ImageClassifier classifier = ImageClassifier.of(described, model.program(backends))) {
      ScoredDataset scored = new ScoredDataset(part, classifier, scores, names(part));
      return function.apply(identity(scored, scores), scored);
    }
  }

  private Backend backend() {
    return backends.backend(model.settings().engine().backend());
  }

  private int names(Dataset part) {
    return Math.max(2, Math.max(part.classes().size(), model.classes().size()));
  }

  /** Returns a graph whose output is its input. */
  private LoadedModel identity(ScoredDataset data, ScoreOutput scores) {
    Shape logits = data.sampleShape();
    Loss loss =
        data.isMultiLabel()
            ? ClassifierLoss.multiLabel(model.name(), scores.kind())
            : ClassifierLoss.of(
                logits.size(0) == 2 ? ScoreKind.PROBABILITIES : scores.kind(), logits.size(0));
    Graph graph = Graph.build("scores", logits, value -> value.then(Layer.reshape(logits.size(0))));
    Checkpoint checkpoint = Checkpoint.start(graph, model.settings().seed());
    TrainingState state =
        TrainingState.start(
            checkpoint,
            TrainingPlan.of(loss, model.settings().training().optimizer().optimizer()),
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
