package dev.trifocal.transfer;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.Program;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.data.Dataset;
import dev.trifocal.data.Splits;
import dev.trifocal.graph.Graph;
import dev.trifocal.metric.Accuracy;
import dev.trifocal.metric.Metric;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.trainer.Callback;
import dev.trifocal.trainer.CallbackState;
import dev.trifocal.trainer.Callbacks;
import dev.trifocal.trainer.CheckpointStore;
import dev.trifocal.trainer.DataCompatibility;
import dev.trifocal.trainer.FitOptions;
import dev.trifocal.trainer.MemoryCheckpoints;
import dev.trifocal.trainer.StopReason;
import dev.trifocal.trainer.StopSignal;
import dev.trifocal.trainer.Trainer;
import dev.trifocal.trainer.TrainingProgress;
import dev.trifocal.trainer.TrainingResult;
import dev.trifocal.trainer.TrainingState;
import dev.trifocal.weights.Weights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Transfer learning in two phases, on any engine: a new head on a frozen base, then fine-tuning of
 * the base's last layers. If samples are the same in every epoch, the frozen front runs once per
 * sample, and its features are cached if they fit.
 */
public final class TransferTrainer {
  private static final String FROZEN_EPOCHS = "frozen_epochs";

  private final Backend backend;
  private final RunOptions options;
  private final Callbacks callbacks;

  /** Creates a trainer with default options and no callbacks. */
  public TransferTrainer(Backend backend) {
    this(backend, RunOptions.DEFAULT, Callbacks.none());
  }

  public TransferTrainer(Backend backend, RunOptions options, Callback callback) {
    this.backend = backend;
    this.options = options;
    this.callbacks = Callbacks.of(callback);
  }

  /**
   * Returns the initial state: a frozen base with a new head in block {@code head}.
   *
   * @param base classifier, whose head is replaced, or a network without its top
   * @param weights weights of the base
   * @param classes class names, one per unit of the head
   * @param seed seed of the head's initial weights, the order of samples and dropout
   */
  public static TrainingState start(
      Graph base, Weights weights, TransferPlan plan, List<String> classes, long seed) {
    ClassifierHead head = ClassifierHead.of(classes.size());
    Graph graph = head.on(base.freeze(), ClassifierHead.features(base), "head");
    List<Metric> metrics = List.of(new Accuracy(Graph.OUTPUT));
    return start(graph, weights, plan, metrics, classes, seed);
  }

  /**
   * Returns the initial state of a graph with a new head and a frozen base.
   *
   * @param weights weights of the base; missing ones are initialised using the seed
   * @throws dev.trifocal.error.ConfigurationException if the layers to fine-tune do not exist
   */
  public static TrainingState start(
      Graph graph,
      Weights weights,
      TransferPlan plan,
      List<Metric> metrics,
      List<String> classes,
      long seed) {
    Weights all = graph.initialWeights(seed).with(weights.fitting(graph.weightShapes()).tensors());
    // Fail fast: unknown layers must surface before the first phase.
    plan.unfreezing().unfreeze(graph);
    Checkpoint first = Checkpoint.start(graph, all, seed);
    return TrainingState.start(first, plan.training(), metrics, classes);
  }

  /** Returns the number of epochs with the base frozen; empty during that phase. */
  public static Optional<Integer> frozenEpochs(TrainingProgress progress) {
    return Optional.ofNullable(progress.provenance().get(FROZEN_EPOCHS)).map(Integer::valueOf);
  }

  /**
   * Trains from a new state with default options and checkpoints in memory, until all epochs are
   * complete.
   *
   * @param batchSize samples per batch, at least 1
   * @throws dev.trifocal.error.TrifocalException as {@link Trainer#fit} does
   */
  public TrainingResult fit(TrainingState state, Splits data, TransferPlan plan, int batchSize) {
    FitOptions fit = FitOptions.of(plan.frozenEpochs(), batchSize);
    return fit(state, data, plan, fit, new MemoryCheckpoints(), StopSignal.NEVER);
  }

  /**
   * Trains from {@code state}, new or saved by an earlier call in either phase. Fine-tuning starts
   * from the best epoch with the base frozen; the result's best state is that of both phases.
   *
   * @param fit options; the plan determines the epochs. {@code patience} and the state of callbacks
   *     start afresh in each phase
   * @param sink store of the states; to resume a training run, the one it used before
   * @throws dev.trifocal.error.TrifocalException as {@link Trainer#fit} does
   */
  public TrainingResult fit(
      TrainingState state,
      Splits data,
      TransferPlan plan,
      FitOptions fit,
      CheckpointStore sink,
      StopSignal stop) {
    TrainingState start = state.on(data.train());
    sink.requireSavable(start);
    if (frozenEpochs(state.progress()).isEmpty()) {
      callbacks.phaseStarted("base frozen");
      TrainingResult frozen = phase(start, data, fit.epochs(plan.frozenEpochs()), sink, stop);
      boolean stopped =
          frozen.ending() == StopReason.INTERRUPTED || frozen.ending() == StopReason.STOPPED;
      if (stopped || plan.fineTuningEpochs() == 0) {
        return frozen;
      }
      start = unfrozen(frozen, plan);
    }
    callbacks.phaseStarted("fine-tuning");
    int earlier = frozenEpochs(start.progress()).orElseThrow();
    FitOptions fineTuning = fit.epochs(earlier + plan.fineTuningEpochs()).earlierEpochs(earlier);
    return phase(start, data, fineTuning, sink, stop);
  }

  /** Returns the state at the start of fine-tuning: the best weights with a fresh optimizer. */
  private static TrainingState unfrozen(TrainingResult frozen, TransferPlan plan) {
    TrainingState last = frozen.last();
    Checkpoint best = frozen.best().checkpoint();
    long step = last.checkpoint().step();
    Graph graph = plan.unfreezing().unfreeze(best.graph());
    TrainingPlan base = last.plan();
    double rate = base.optimizer().learningRate() * plan.rateFactor();
    Map<String, String> provenance = new LinkedHashMap<>(last.progress().provenance());
    provenance.put(FROZEN_EPOCHS, String.valueOf(last.progress().history().size()));
    return new TrainingState(
        new Checkpoint(graph, best.weights(), Map.of(), step, best.seed()),
        base.optimizer(base.optimizer().learningRate(rate)).start(step),
        last.metrics(),
        last.classes(),
        last.preprocessing(),
        last.progress().provenance(provenance).callbacks(CallbackState.NONE));
  }

  private TrainingResult phase(
      TrainingState state, Splits data, FitOptions fit, CheckpointStore sink, StopSignal stop) {
    DataCompatibility.require(state, data, fit.batchSize());
    state.plan().requireParts(state.checkpoint().graph());
    Optional<FrozenBackbone> front = FrozenBackbone.of(state.checkpoint().graph());
    if (Trainer.hasEnded(state, fit)
        || front.isEmpty()
        || !FeatureExtraction.suits(front.get(), state, data)) {
      return new Trainer(backend, options, callbacks).fit(state, data, fit, sink, stop);
    }
    return behind(front.get(), state, data, fit, sink, stop);
  }

  private TrainingResult behind(
      FrozenBackbone front,
      TrainingState state,
      Splits data,
      FitOptions fit,
      CheckpointStore sink,
      StopSignal stop) {
    Optional<Splits> features = features(front, state, data, fit, stop);
    if (features.isEmpty()) {
      return new TrainingResult(state, best(state, sink), StopReason.INTERRUPTED);
    }
    FullModelCheckpoints states = new FullModelCheckpoints(state, front.rest(), sink);
    TrainingResult result =
        new Trainer(backend, options, callbacks)
            .fit(states.narrowed(state), features.get(), fit, states, stop);
    TrainingState last = states.widened(result.last());
    return new TrainingResult(last, best(last, sink), result.ending());
  }

  /** Returns the best state; the given one if no epoch has ended. */
  private static TrainingState best(TrainingState last, CheckpointStore sink) {
    return last.progress().bestEpoch() > 0 ? sink.best() : last;
  }

  private Optional<Splits> features(
      FrozenBackbone front, TrainingState state, Splits data, FitOptions fit, StopSignal stop) {
    Weights weights = state.checkpoint().weights().only(front.front().weightShapes().keySet());
    // The largest part is read while the program is compiled.
    try (FeatureExtraction train = FeatureExtraction.open(data.train(), fit, callbacks);
        Program program = backend.compile(front.front(), weights, options)) {
      Optional<Dataset> first = train.through(program, front, stop);
      if (first.isEmpty() || data.validation().isEmpty()) {
        return first.map(done -> new Splits(done, Optional.empty(), data.test()));
      }
      try (FeatureExtraction validation =
          FeatureExtraction.open(data.validation().get(), fit, callbacks)) {
        return validation
            .through(program, front, stop)
            .map(done -> new Splits(first.get(), Optional.of(done), data.test()));
      }
    }
  }
}
