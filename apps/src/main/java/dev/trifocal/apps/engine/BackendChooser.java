package dev.trifocal.apps.engine;

import dev.trifocal.apps.data.CacheFolder;
import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.backend.ComputePrecision;
import dev.trifocal.backend.Device;
import dev.trifocal.config.Settings;
import dev.trifocal.graph.Graph;
import dev.trifocal.profile.Stopwatch;
import dev.trifocal.selection.BackendChoice;
import dev.trifocal.selection.Backends;
import dev.trifocal.selection.FastestBackend;
import dev.trifocal.selection.InferenceWorkload;
import dev.trifocal.selection.TrainingWorkload;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.transfer.TransferPlan;
import dev.trifocal.weights.Weights;
import jakarta.inject.Inject;
import java.util.Optional;

/**
 * Replaces the backend {@code auto} in settings with the fastest one, and prints why. Settings that
 * name a backend are returned unchanged.
 */
public final class BackendChooser {
  /** The number of batches from which a trial is worth its time. */
  public static final long WORTHWHILE = 50;

  /** The file in the cache folder that remembers choices. */
  private static final String FILE = "backends.json";

  private final Terminal terminal;
  private final BackendRegistry backends;

  @Inject
  BackendChooser(Terminal terminal, BackendRegistry backends) {
    this.terminal = terminal;
    this.backends = backends;
  }

  /**
   * Chooses by training steps; those of fine-tuning, if the settings have such a phase.
   *
   * @throws dev.trifocal.error.ConfigurationException if no backend can train the graph
   */
  public Settings training(Settings settings, TrainingPlan plan, Checkpoint start) {
    if (!settings.engine().isAuto()) {
      return settings;
    }
    int batchSize = settings.training().batchSize();
    TrainingWorkload work =
        new TrainingWorkload(
            plan, trained(settings, plan, start), batchSize, settings.engine().options());
    return chosen(settings, fastest(settings).of(work));
  }

  /**
   * Chooses by predictions. If there are only a few, the remembered choice or the default is used.
   *
   * @param batches number of batches to predict
   * @throws dev.trifocal.error.ConfigurationException if no backend can run the graph
   */
  public Settings inference(
      Settings settings, Graph graph, Weights weights, int batchSize, long batches) {
    if (!settings.engine().isAuto()) {
      return settings;
    }
    InferenceWorkload work =
        new InferenceWorkload(graph, weights, batchSize, settings.engine().options());
    FastestBackend fastest = fastest(settings);
    Optional<BackendChoice> choice =
        batches >= WORTHWHILE || !isUsual(settings)
            ? Optional.of(fastest.of(work))
            : fastest.remembered(work);
    if (choice.isPresent()) {
      return chosen(settings, choice.get());
    }
    Settings usual = usual(settings);
    terminal.remark(
        "backend %s: the default, as %s would end before a trial"
            .formatted(
                usual.engine().backend(),
                batches == 1 ? "1 batch" : "%d batches".formatted(batches)));
    return usual;
  }

  /** Returns whether device and precision are those that every backend has. */
  private static boolean isUsual(Settings settings) {
    return settings.engine().device().equals(Device.CPU)
        && settings.engine().precision() == ComputePrecision.FLOAT32;
  }

  /** Chooses the default backend. */
  public Settings usual(Settings settings) {
    return settings.engine().isAuto()
        ? settings.backend(Backends.preferredProvider().name())
        : settings;
  }

  private FastestBackend fastest(Settings settings) {
    return new FastestBackend(backends.providers(), Stopwatch.start()::seconds)
        .remembering(CacheFolder.of(settings, terminal).resolve(FILE));
  }

  private Settings chosen(Settings settings, BackendChoice choice) {
    terminal.remark(choice.text());
    return settings.backend(choice.backend().name());
  }

  /** Returns the network of the phase that trains most. */
  public static Graph trained(Settings settings, TrainingPlan plan, Graph start) {
    return fineTuning(settings, plan)
        .map(transfer -> transfer.unfreezing().unfreeze(start))
        .orElse(start);
  }

  private static Checkpoint trained(Settings settings, TrainingPlan plan, Checkpoint start) {
    return Checkpoint.start(trained(settings, plan, start.graph()), start.weights(), start.seed());
  }

  private static Optional<TransferPlan> fineTuning(Settings settings, TrainingPlan plan) {
    return settings
        .transfer()
        .map(one -> one.plan(plan, settings.training().epochs()))
        .filter(one -> one.fineTuningEpochs() > 0);
  }
}
