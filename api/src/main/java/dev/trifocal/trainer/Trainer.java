package dev.trifocal.trainer;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.TrainingSession;
import dev.trifocal.data.Dataset;
import dev.trifocal.data.Shuffle;
import dev.trifocal.data.Splits;
import dev.trifocal.graph.Graph;
import dev.trifocal.metric.Metric;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.ExponentialMovingAverage;
import dev.trifocal.train.Loss;
import dev.trifocal.train.LossGraph;
import dev.trifocal.train.Objective;
import dev.trifocal.train.Optimizer;
import dev.trifocal.train.Schedule;
import dev.trifocal.weights.Weights;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Trains a graph on a data set, on any engine:
 *
 * <pre>{@code
 * TrainingResult result = Trainer.on(backend).epochs(3).batchSize(64).fit(graph, data);
 * }</pre>
 *
 * Everything else has a default: Adam with a constant learning rate of 0.001, softmax cross-entropy
 * and accuracy if labels are class ids, samples shuffled in each epoch, seed 42, no files saved.
 * Trainers are immutable: each setter returns a new one.
 *
 * <p>Results depend only on the graph, the data and the settings: a run that is interrupted
 * anywhere and resumed from its last checkpoint ends with the weights and the history (except
 * seconds) of an uninterrupted one.
 */
public final class Trainer {
  private static final int USUAL_EPOCHS = 5;
  private static final int USUAL_BATCH_SIZE = 32;

  private final Backend backend;
  private final RunOptions options;
  private final Callbacks callbacks;
  private final FitOptions fit;
  private final TrainerOptions recipe;
  private final RunLocation folder;

  /** Creates a trainer for callers that manage states and checkpoints themselves. */
  public Trainer(Backend backend, RunOptions options, Callback callback) {
    this(
        backend,
        options,
        Callbacks.of(callback),
        FitOptions.of(USUAL_EPOCHS, USUAL_BATCH_SIZE),
        TrainerOptions.USUAL,
        new RunLocation(Optional.empty(), RunLocation.Use.NEW));
  }

  private Trainer(
      Backend backend,
      RunOptions options,
      Callbacks callbacks,
      FitOptions fit,
      TrainerOptions recipe,
      RunLocation folder) {
    this.backend = backend;
    this.options = options;
    this.callbacks = callbacks;
    this.fit = fit;
    this.recipe = recipe;
    this.folder = folder;
  }

  /** Returns a trainer for 5 epochs with a batch size of 32, on the CPU. */
  public static Trainer on(Backend backend) {
    return new Trainer(backend, RunOptions.DEFAULT, Callbacks.none());
  }

  /** Sets the total number of epochs, at least 1. */
  public Trainer epochs(int count) {
    return with(fit.epochs(count));
  }

  /** Sets the number of samples per batch, at least 1. */
  public Trainer batchSize(int samples) {
    return with(fit.batchSize(samples));
  }

  /**
   * Sets the number of batches whose gradients are accumulated into one step, at least 1. A step
   * then equals that of a larger batch, in the memory of a small one, except that batch norm sees
   * each batch separately.
   */
  public Trainer accumulate(int batches) {
    return with(fit.accumulate(batches));
  }

  /** Sets the order of the samples in each epoch. */
  public Trainer shuffle(Shuffle order) {
    return with(fit.shuffle(order));
  }

  /** Stops after this many consecutive epochs without improvement, at least 1. */
  public Trainer patience(int epochs) {
    return with(fit.patience(epochs));
  }

  /**
   * Sets the value that determines the best epoch: the highest of a metric, or the lowest {@code
   * loss}. Ties go to the lower loss.
   */
  public Trainer bestBy(String metric) {
    return with(fit.bestBy(metric));
  }

  /** Sets the number of steps between checkpoints within an epoch; 0 for none. */
  public Trainer checkpointEvery(int steps) {
    return with(fit.checkpointEvery(steps));
  }

  /** Sets the number of threads that load batches, at least 1; does not affect results. */
  public Trainer loaderThreads(int count) {
    return with(fit.loaderThreads(count));
  }

  /** Sets the optimizer, with its learning rate. */
  public Trainer optimizer(Optimizer other) {
    return with(recipe.optimizer(other));
  }

  /** Sets the schedule of the learning rate. */
  public Trainer schedule(Schedule other) {
    return with(recipe.schedule(other));
  }

  /** Sets the loss of the output {@link Graph#OUTPUT}. */
  public Trainer loss(Loss loss) {
    return objectives(new Objective(Graph.OUTPUT, loss, 1));
  }

  /** Sets the losses of one or more outputs. */
  public Trainer objectives(Objective... objectives) {
    return with(recipe.objectives(List.of(objectives)));
  }

  /** Sets the metrics to compute besides the loss. */
  public Trainer metrics(Metric... metrics) {
    return with(recipe.metrics(List.of(metrics)));
  }

  /** Sets the initial weights, which are otherwise drawn with the seed. */
  public Trainer weights(Weights weights) {
    return with(recipe.weights(weights));
  }

  /** Sets the seed of initial weights, dropout and the order of samples. */
  public Trainer seed(long seed) {
    return with(recipe.seed(seed));
  }

  /** Adds callbacks. */
  public Trainer callbacks(Callback... more) {
    Callbacks all = Callbacks.of(callbacks, Callbacks.of(more));
    return new Trainer(backend, options, all, fit, recipe, folder);
  }

  /** Sets the device and its threads; the typical batch size is that of {@link #batchSize}. */
  public Trainer options(RunOptions other) {
    return new Trainer(backend, other, callbacks, fit, recipe, folder);
  }

  /**
   * Saves checkpoints and history to a run directory, see {@link RunDirectory}.
   *
   * @param directory run directory, created if it does not exist
   */
  public Trainer saveTo(Path directory) {
    return new Trainer(backend, options, callbacks, fit, recipe, folder.at(directory));
  }

  /**
   * Resumes the run in the directory of {@link #saveTo}, if there is one; all settings but the
   * number of epochs must be the same.
   */
  public Trainer resume() {
    return new Trainer(
        backend, options, callbacks, fit, recipe, folder.use(RunLocation.Use.RESUME));
  }

  /** Trains without validation. */
  public TrainingResult fit(Graph graph, Dataset train) {
    return fit(graph, Splits.of(train));
  }

  /**
   * Trains a graph, and validates after each epoch if there is validation data.
   *
   * @throws dev.trifocal.error.ConfigurationException if a setting is missing or invalid, or the
   *     directory already holds a run and {@link #resume} was not called
   * @throws dev.trifocal.error.TrifocalException as {@link #fit(TrainingState, Splits, FitOptions,
   *     CheckpointStore, StopSignal)} does
   */
  public TrainingResult fit(Graph graph, Splits data) {
    return folder.train(
        () -> recipe.start(graph, data),
        saved -> recipe.resumed(saved, graph, data),
        (start, sink, history) -> callbacks(history).fit(start, data, fit, sink, StopSignal.NEVER));
  }

  /**
   * Trains from a new or saved state until all epochs are complete, the patience is exhausted, a
   * callback stops the run or a stop is requested. The last state is saved after each epoch, every
   * {@link FitOptions#checkpointEvery} steps and at a stop. A run that has already ended returns
   * immediately.
   *
   * @param sink checkpoint store; for a resumed run, the one it used before
   * @throws dev.trifocal.error.DataException before the first step if model and data are
   *     incompatible
   * @throws dev.trifocal.error.ConfigurationException if a run that stopped within an epoch would
   *     resume with different data or batches, or a class cannot be saved
   * @throws dev.trifocal.error.MetricException if a metric fails or is not finite; the state after
   *     the last step has been saved
   * @throws dev.trifocal.error.DivergedException if the loss is not finite; the last good
   *     checkpoint is kept
   * @throws dev.trifocal.error.CallbackException if a callback fails; the state has been saved
   */
  public TrainingResult fit(
      TrainingState state, Splits data, FitOptions how, CheckpointStore sink, StopSignal stop) {
    Optional<StopReason> ended = TrainingContext.ending(state.progress(), how);
    if (ended.isPresent()) {
      return result(state, sink, ended.get());
    }
    state.plan().requireParts(state.checkpoint().graph());
    DataCompatibility.require(state, data, how.batchSize());
    how.requireMeasured(state.metrics());
    sink.requireSavable(state);
    if (state.progress().bestEpoch() > 0) {
      // Fails now, not after hours of training, if it is missing.
      sink.best();
    }
    TrainingProgress progress =
        EnvironmentProvenance.of(DataProvenance.of(state.progress(), data, how), backend);
    TrainingState start = state.on(data.train()).at(averaging(state), progress);
    try (EpochLoaders loaders = EpochLoaders.of(start, data.train(), how);
        TrainingSession session =
            backend.train(
                state.plan(), start.checkpoint(), options.typicalBatchSize(how.batchSize()))) {
      LossGraph loss = LossGraph.of(state.checkpoint().graph(), state.plan().objectives());
      TrainingContext run =
          new TrainingContext(start, loss, data, how, backend, options, session, callbacks);
      TrainingLoop loop = new TrainingLoop(run, loaders, sink, stop);
      StopReason stopReason = loop.run();
      return result(loop.newest(), sink, stopReason);
    }
  }

  /** Returns true if {@link #fit} would take no step, because the run has ended. */
  public static boolean hasEnded(TrainingState state, FitOptions how) {
    return TrainingContext.ending(state.progress(), how).isPresent();
  }

  /** Initialises averages of the weights if the plan adds them to a run that has taken steps. */
  private static Checkpoint averaging(TrainingState state) {
    boolean late = state.checkpoint().step() > state.plan().start();
    return state.plan().averagesWeights() && late
        ? ExponentialMovingAverage.begun(state.checkpoint())
        : state.checkpoint();
  }

  private Trainer with(FitOptions other) {
    return new Trainer(backend, options, callbacks, other, recipe, folder);
  }

  private Trainer with(TrainerOptions other) {
    return new Trainer(backend, options, callbacks, fit, other, folder);
  }

  private static TrainingResult result(
      TrainingState last, CheckpointStore sink, StopReason stopReason) {
    TrainingState best = last.progress().bestEpoch() == 0 ? last : sink.best();
    return new TrainingResult(last, best, stopReason);
  }
}
