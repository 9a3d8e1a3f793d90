package dev.trifocal.apps.model;

import dev.trifocal.apps.engine.BackendChooser;
import dev.trifocal.apps.engine.BackendRegistry;
import dev.trifocal.apps.report.EvaluationResult;
import dev.trifocal.backend.Backend;
import dev.trifocal.data.BatchLoader;
import dev.trifocal.data.Dataset;
import dev.trifocal.tensor.HalfPrecision;
import dev.trifocal.weights.HalfRounding;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;

/** Evaluates a model with its weights in float32, and as they are read back from 16 bits. */
public final class HalfEvaluation {
  private final BackendRegistry backends;
  private final BackendChooser chooser;

  @Inject
  HalfEvaluation(BackendRegistry backends, BackendChooser chooser) {
    this.backends = backends;
    this.chooser = chooser;
  }

  /**
   * Results by split, in the same order.
   *
   * @param float32 with the weights as they were
   * @param half with the weights rounded to 16 bits
   */
  public record Results(List<EvaluationResult> float32, List<EvaluationResult> half) {
    public Results {
      float32 = List.copyOf(float32);
      half = List.copyOf(half);
    }
  }

  /** No results, where there is no data. */
  public static final Results NONE = new Results(List.of(), List.of());

  public Results of(LoadedModel model, Map<String, Dataset> parts, HalfPrecision format) {
    int batchSize = model.settings().training().batchSize();
    long batches =
        parts.values().stream().mapToLong(one -> BatchLoader.batches(one.size(), batchSize)).sum();
    LoadedModel chosen = model.backend(chooser, batchSize, 2 * batches);
    Backend backend = backends.backend(chosen.settings().engine().backend());
    LoadedModel rounded =
        chosen.weights(HalfRounding.of(chosen.state().checkpoint().weights(), format).weights());
    return new Results(
        new ModelEvaluation(backend, chosen).scores(parts),
        new ModelEvaluation(backend, rounded).scores(parts));
  }
}
