package dev.trifocal.trainer;

import dev.trifocal.backend.Program;
import dev.trifocal.backend.StepResult;
import dev.trifocal.backend.TrainingSession;
import dev.trifocal.data.Batch;
import dev.trifocal.data.BatchLoader;
import dev.trifocal.data.Dataset;
import dev.trifocal.error.BackendException;
import dev.trifocal.error.CallbackException;
import dev.trifocal.error.DivergedException;
import dev.trifocal.error.EngineMemoryException;
import dev.trifocal.metric.WeightedMean;
import dev.trifocal.profile.Stopwatch;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.weights.Weights;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs the epochs of a run: steps, validation, checkpoints. */
final class TrainingLoop {
  private final TrainingContext context;
  private final CheckpointSaver saver;
  private final Callbacks callbacks;
  private final StopSignal stop;
  private final EpochLoaders loaders;
  private TrainingProgress now;

  /**
   * Creates a loop.
   *
   * @param loaders closed by the caller
   */
  TrainingLoop(
      TrainingContext context, EpochLoaders loaders, CheckpointStore sink, StopSignal stop) {
    this.context = context;
    this.saver = new CheckpointSaver(context, sink);
    this.callbacks = context.callbacks();
    this.stop = stop;
    this.loaders = loaders;
    this.now = context.start().progress();
  }

  /** Returns the newest saved state: no step has been taken since {@link #run} saved it. */
  TrainingState newest() {
    return context.start().at(context.session().snapshot(), saver.newest());
  }

  /**
   * Trains to the end, or until stopped.
   *
   * @throws CallbackException if a callback fails; the state has been saved
   */
  StopReason run() {
    try {
      callbacks.restore(now.callbacks());
      callbacks.trainingStarted(
          new TrainingStart(
              context.options().epochs(),
              context.batches(),
              now.epoch(),
              now.batch(),
              context.graph()));
      Optional<StopReason> stopReason = Optional.empty();
      while (stopReason.isEmpty()) {
        stopReason = epoch();
        saver.free();
      }
      callbacks.trainingEnded(stopReason.get());
      return stopReason.get();
    } catch (CallbackException e) {
      throw saver.broken(now, e);
    } catch (DivergedException | BackendException | EngineMemoryException e) {
      throw e;
    } catch (RuntimeException e) {
      throw saver.keeping(now, e);
    }
  }

  /** Runs the rest of the epoch; returns the reason to end, or empty if another epoch follows. */
  private Optional<StopReason> epoch() {
    Stopwatch watch = Stopwatch.start();
    steps(watch);
    boolean stopped = now.callbacks().stopReason().isPresent();
    if (stopped || now.batch() < context.batches() || stop.requested()) {
      saver.last(now);
      return Optional.of(stopped ? StopReason.STOPPED : StopReason.INTERRUPTED);
    }
    close();
    return TrainingContext.ending(saver.newest(), context.options());
  }

  private void steps(Stopwatch watch) {
    double before = now.secondsInEpoch();
    try (BatchLoader loader = loaders.open(now.epoch(), now.batch())) {
      boolean begins = now.batch() == 0 && !stop.requested();
      if (begins) {
        TrainingControl control = control();
        callbacks.epochStarted(now.epoch(), control);
        now = control.applied();
      }
      TimedBatches.inGroups(
          loader,
          context.options().accumulate(),
          () -> isOver(begins),
          callbacks,
          this::step,
          (batches, step) -> taken(batches, step, before + watch.seconds()));
    }
  }

  /** An announced epoch takes at least one step, so that a resume does not announce it again. */
  private boolean isOver(boolean announced) {
    boolean owesStep = announced && now.batch() == 0;
    return now.callbacks().stopReason().isPresent() || !owesStep && stop.requested();
  }

  /**
   * A step that has been taken.
   *
   * @param results a result for each batch
   * @param gradients its gradients, if a callback wants them
   */
  private record Step(List<StepResult> results, Optional<GradientEvent> gradients) {}

  /** Takes one step with all batches. */
  private Step step(List<Batch> batches) {
    TrainingSession session = context.session();
    double rate = context.learningRate(now);
    boolean last = now.batch() + batches.size() >= context.batches();
    boolean observed = last && callbacks.wantsGradients(now.epoch());
    if (batches.size() == 1 && !observed) {
      Batch batch = batches.get(0);
      StepResult result = session.step(inputs(batch), labels(batch), rate);
      return new Step(List.of(result), Optional.empty());
    }
    List<StepResult> results = new ArrayList<>();
    batches.forEach(batch -> results.add(session.accumulate(inputs(batch), labels(batch))));
    Optional<GradientEvent> gradients =
        observed
            ? Optional.of(
                new GradientEvent(
                    now.epoch(), context.step(now) + 1, session.weights(), session.gradients()))
            : Optional.empty();
    session.update(rate);
    return new Step(results, gradients);
  }

  private Map<String, Tensor> inputs(Batch batch) {
    return BatchBinding.inputs(context.graph(), batch);
  }

  private Map<String, Tensor> labels(Batch batch) {
    return BatchBinding.labels(context.loss(), batch);
  }

  /** Handles a completed step: means, events, and a checkpoint if one is due. */
  private void taken(List<Batch> batches, Step step, double seconds) {
    List<StepResult> results = step.results();
    MetricTotals sums = new MetricTotals(context.start().metrics(), now.running());
    WeightedMean loss = WeightedMean.NONE;
    for (int i = 0; i < batches.size(); i++) {
      StepResult result = requireFinite(results.get(i));
      WeightedMean mean =
          new WeightedMean(result.loss() * batches.get(i).size(), batches.get(i).size());
      loss = loss.plus(mean);
      sums = sums.loss(mean);
    }
    double rate = context.learningRate(now);
    // The step has been taken even if a metric fails.
    now = now.after(batches.size(), sums.sums(), seconds);
    for (int i = 0; i < batches.size(); i++) {
      sums = sums.plus(results.get(i).outputs(), batches.get(i));
    }
    now = now.running(sums.sums());
    step.gradients().ifPresent(callbacks::gradientsComputed);
    StepEvent event =
        new StepEvent(
            now.epoch(),
            now.batch(),
            context.batches(),
            context.step(now),
            batches.size() == 1 ? results.get(0).loss() : loss.value(),
            rate,
            sums.values(),
            results.get(results.size() - 1).outputs(),
            batches.get(batches.size() - 1).labels());
    TrainingControl control = control();
    callbacks.stepEnded(event, control);
    now = control.applied();
    int every = context.options().checkpointEvery();
    if (control.saveRequested() || every > 0 && event.step() % every == 0) {
      saver.last(now);
      saver.free();
    }
  }

  private StepResult requireFinite(StepResult result) {
    if (!Double.isFinite(result.loss())) {
      throw saver.diverged(
          "the loss is %s at step %d (epoch %d, batch %d)"
              .formatted(result.loss(), context.step(now) + 1, now.epoch(), now.batch() + 1));
    }
    return result;
  }

  /** Validates and saves after the last batch of an epoch. */
  private void close() {
    Stopwatch watch = Stopwatch.start();
    loaders.readAhead(now.epoch() + 1);
    // The validated weights are those saved, so one copy from the engine serves both.
    Checkpoint checkpoint = context.session().snapshot();
    Map<String, Double> metrics =
        new LinkedHashMap<>(new MetricTotals(context.start().metrics(), now.running()).values());
    context
        .data()
        .validation()
        .ifPresent(
            data ->
                validate(checkpoint, data)
                    .forEach((name, value) -> metrics.put(EpochRecord.VALIDATION + name, value)));
    double rate = context.scheduledRate(context.step(now) - 1) * now.callbacks().rateFactor();
    EpochRecord record =
        new EpochRecord(now.epoch(), metrics, rate, now.secondsInEpoch() + watch.seconds());
    TrainingProgress closed = now.closed(record);
    now =
        closed.best(BestEpoch.after(closed, context.start().metrics(), context.options().bestBy()));
    TrainingControl control = control();
    try {
      callbacks.epochEnded(record, control);
    } catch (CallbackException e) {
      saver.epoch(now, checkpoint);
      throw e;
    }
    now = control.applied();
    saver.epoch(now, checkpoint);
  }

  private Map<String, Double> validate(Checkpoint checkpoint, Dataset data) {
    Map<String, Double> values = measured(checkpoint, data);
    double loss = values.get(MetricTotals.LOSS);
    if (!Double.isFinite(loss)) {
      throw saver.diverged("the validation loss is %s after epoch %d".formatted(loss, now.epoch()));
    }
    return values;
  }

  /** Evaluates the averages of the weights, if any, or else the live weights. */
  private Map<String, Double> measured(Checkpoint checkpoint, Dataset data) {
    Evaluator evaluator = Evaluator.of(context.start(), context.options(), callbacks);
    Weights weights = checkpoint.averaged().weights();
    try (Program program = context.compile(evaluator.graph(), weights)) {
      return evaluator.evaluate(program, data);
    }
  }

  private TrainingControl control() {
    long step = context.step(now);
    return new TrainingControl(now, context.start().metrics(), step, context.scheduledRate(step));
  }
}
