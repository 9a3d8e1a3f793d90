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
 * All else has a default and can be set: Adam at a constant rate of 0.001, softmax cross-entropy
 * and accuracy for labels that are class ids, samples shuffled in each epoch, seed 42, nothing
 * saved. Immutable: each setter returns a new trainer.
 *
 * <p>What is computed depends on the graph, the data and these settings alone: a run that was
 * interrupted anywhere and resumed from its last checkpoint ends with the weights and the history
 * (seconds aside) of one that was not.
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

  /** For those who keep states and checkpoints themselves, as the command line does. */
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

  /** 5 epochs in batches of 32, on the CPU. */
  public static Trainer on(Backend backend) {
    return new Trainer(backend, RunOptions.DEFAULT, Callbacks.none());
  }

  /** Passes over the training samples, in all; at least 1. */
  public Trainer epochs(int count) {
    return with(fit.epochs(count));
  }

  /** Samples of a batch, at least 1. */
  public Trainer batchSize(int samples) {
    return with(fit.batchSize(samples));
  }

  /**
   * Batches whose gradients make one step together, at least 1: the step of a batch that many times
   * as large, in the memory of one, but that batch norm sees each batch by itself.
   */
  public Trainer accumulate(int batches) {
    return with(fit.accumulate(batches));
  }

  /** The order of samples in each epoch. */
  public Trainer shuffle(Shuffle order) {
    return with(fit.shuffle(order));
  }

  /** Stops after so many epochs in a row without a better one; at least 1. */
  public Trainer patience(int epochs) {
    return with(fit.patience(epochs));
  }

  /**
   * Name of the metric, or {@code loss}, that says which epoch is the best: the one with its
   * highest value, of the loss the lowest. Of equal values the lower loss is better.
   */
  public Trainer bestBy(String metric) {
    return with(fit.bestBy(metric));
  }

  /** Saves after every so many steps, besides the end of each epoch; 0 for never. */
  public Trainer checkpointEvery(int steps) {
    return with(fit.checkpointEvery(steps));
  }

  /** Threads that read batches ahead of the engine, at least 1; they change no number. */
  public Trainer loaderThreads(int count) {
    return with(fit.loaderThreads(count));
  }

  public Trainer optimizer(Optimizer other) {
    return with(recipe.optimizer(other));
  }

  /** How the optimizer's learning rate changes from step to step. */
  public Trainer schedule(Schedule other) {
    return with(recipe.schedule(other));
  }

  /** What is minimised, on the output {@link Graph#OUTPUT}. */
  public Trainer loss(Loss loss) {
    return objectives(new Objective(Graph.OUTPUT, loss, 1));
  }

  /** What is minimised, on one or more outputs. */
  public Trainer objectives(Objective... objectives) {
    return with(recipe.objectives(List.of(objectives)));
  }

  /** What is measured besides the loss. */
  public Trainer metrics(Metric... metrics) {
    return with(recipe.metrics(List.of(metrics)));
  }

  /** Weights to begin with, instead of those that the seed gives. */
  public Trainer weights(Weights weights) {
    return with(recipe.weights(weights));
  }

  /** The seed of initial weights, dropout and the order of samples. */
  public Trainer seed(long seed) {
    return with(recipe.seed(seed));
  }

  /** Callbacks besides those that were added before. */
  public Trainer callbacks(Callback... more) {
    Callbacks all = Callbacks.of(callbacks, Callbacks.of(more));
    return new Trainer(backend, options, all, fit, recipe, folder);
  }

  /** The device and its threads. */
  public Trainer options(RunOptions other) {
    return new Trainer(backend, other, callbacks, fit, recipe, folder);
  }

  /**
   * Saves checkpoints and history to a run directory, see {@link RunDirectory}.
   *
   * @param directory made if it is not there
   */
  public Trainer saveTo(Path directory) {
    return new Trainer(backend, options, callbacks, fit, recipe, folder.at(directory));
  }

  /**
   * Continues the run in the directory of {@link #saveTo} where there is one; it must have been
   * started with the same settings, but for more epochs.
   */
  public Trainer resume() {
    return new Trainer(
        backend, options, callbacks, fit, recipe, folder.use(RunLocation.Use.RESUME));
  }

  /** Trains on samples without validation. */
  public TrainingResult fit(Graph graph, Dataset train) {
    return fit(graph, Splits.of(train));
  }

  /**
   * Trains a graph, and validates after each epoch if there is validation data.
   *
   * @throws dev.trifocal.error.ConfigurationException if a setting is missing or does not fit, or
   *     the directory holds a run that was not to be resumed
   * @throws dev.trifocal.error.TrifocalException as the other {@code fit} does
   */
  public TrainingResult fit(Graph graph, Splits data) {
    return folder.train(
        () -> recipe.start(graph, data),
        saved -> recipe.resumed(saved, graph, data),
        (start, sink, history) -> callbacks(history).fit(start, data, fit, sink, StopSignal.NEVER));
  }

  /**
   * Trains from {@code state}, a new one or one that was saved, until all epochs are done, patience
   * runs out, a callback stops it or a stop is requested. The last state is saved after each epoch,
   * every {@link FitOptions#checkpointEvery} steps and at a stop. A training that has ended already
   * returns at once.
   *
   * @param sink of a training that is resumed, the one it used before
   * @throws dev.trifocal.error.DataException if model and data do not belong together, before the
   *     first step
   * @throws dev.trifocal.error.ConfigurationException if a training that stopped in mid-epoch is to
   *     go on with other data or batches, or what the sink saves holds a class that cannot be saved
   * @throws dev.trifocal.error.MetricException if a metric fails, or is not a finite number; the
   *     state after the last step has been saved
   * @throws dev.trifocal.error.DivergedException if the loss is not a finite number; the last good
   *     checkpoint stays
   * @throws dev.trifocal.error.CallbackException if a callback fails; the state is saved before
   */
  public TrainingResult fit(
      TrainingState state, Splits data, FitOptions how, CheckpointStore sink, StopSignal stop) {
    Optional<StopReason> ended = TrainingContext.ending(state, how);
    if (ended.isPresent()) {
      return result(state, sink, ended.get());
    }
    state.plan().requireParts(state.checkpoint().graph());
    DataCompatibility.require(state, data, how.batchSize());
    how.requireMeasured(state.metrics());
    sink.requireSavable(state);
    if (state.progress().bestEpoch() > 0) {
      // Were it missing, better now than after hours of training.
      sink.best();
    }
    TrainingProgress progress =
        EnvironmentProvenance.of(DataProvenance.of(state.progress(), data, how), backend);
    TrainingState start = state.on(data.train()).at(averaging(state), progress);
    try (TrainingSession session = backend.train(state.plan(), start.checkpoint(), options)) {
      LossGraph loss = LossGraph.of(state.checkpoint().graph(), state.plan().objectives());
      TrainingContext run =
          new TrainingContext(start, loss, data, how, backend, options, session, callbacks);
      TrainingLoop loop = new TrainingLoop(run, sink, stop);
      StopReason stopReason = loop.run();
      return result(loop.newest(), sink, stopReason);
    }
  }

  /** Whether {@link #fit} would take no step: all epochs are done, or it was stopped. */
  public static boolean hasEnded(TrainingState state, FitOptions how) {
    return TrainingContext.ending(state, how).isPresent();
  }

  /** Averages begin at the start of a plan, or with what the plan begins with in mid-run. */
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
