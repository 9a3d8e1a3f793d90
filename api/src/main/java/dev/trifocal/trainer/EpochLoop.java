package dev.trifocal.trainer;

import dev.trifocal.backend.StepResult;
import dev.trifocal.data.Batch;
import dev.trifocal.data.BatchLoader;
import dev.trifocal.data.Dataset;
import dev.trifocal.error.BackendException;
import dev.trifocal.error.DivergedException;
import dev.trifocal.metric.Mean;
import dev.trifocal.tensor.Tensor;
import java.util.Map;

/** Takes the steps of one epoch. */
record EpochLoop(Fit fit, Checkpoints checkpoints, StopSignal stop) {
  /** Goes on from where {@code from} stands, to the last batch of its epoch or to a stop. */
  Progress train(Progress from) {
    Stopwatch watch = Stopwatch.start();
    FitOptions options = fit.options();
    long seed = fit.start().checkpoint().seed();
    Dataset data = fit.data().train().epoch(seed, from.epoch());
    int[] order = options.shuffle().order(data.size(), seed, from.epoch());
    Progress now = from;
    try (BatchLoader loader =
        BatchLoader.open(data, order, options.batchSize(), from.batch(), options.loaderThreads())) {
      while (loader.hasNext() && !stop.requested()) {
        Stopwatch waiting = Stopwatch.start();
        Batch batch = loader.next();
        double waited = waiting.seconds();
        Stopwatch running = Stopwatch.start();
        StepResult result = step(now, batch);
        fit.listener().timed(new BatchTiming(waited, running.seconds()));
        RunningSums loss = loss(now, batch, result);
        now = after(now, loss, from.secondsInEpoch() + watch.seconds());
        RunningSums sums = loss.plus(result.outputs(), batch);
        now = now.running(sums.sums());
        save(now);
        fit.listener().stepped(event(now, result.loss(), sums));
      }
    } catch (DivergedException | BackendException e) {
      throw e;
    } catch (RuntimeException e) {
      throw checkpoints.keeping(now, e);
    }
    return now;
  }

  private StepResult step(Progress now, Batch batch) {
    long step = fit.step(now.epoch(), now.batch());
    Map<String, Tensor> inputs = BatchBinding.inputs(fit.graph(), batch);
    Map<String, Tensor> labels = BatchBinding.labels(fit.loss(), batch);
    StepResult result = fit.session().step(inputs, labels, fit.learningRate(step));
    if (!Double.isFinite(result.loss())) {
      throw checkpoints.diverged(
          "the loss is %s at step %d (epoch %d, batch %d)"
              .formatted(result.loss(), step + 1, now.epoch(), now.batch() + 1));
    }
    return result;
  }

  private RunningSums loss(Progress now, Batch batch, StepResult result) {
    return new RunningSums(fit.start().metrics(), now.running())
        .loss(new Mean(result.loss() * batch.size(), batch.size()));
  }

  private static Progress after(Progress now, RunningSums sums, double seconds) {
    return new Progress(
        now.epoch(),
        now.batch() + 1,
        sums.sums(),
        now.history(),
        now.bestEpoch(),
        now.bestValue(),
        seconds,
        now.provenance());
  }

  private void save(Progress now) {
    int every = fit.options().checkpointEvery();
    if (every > 0 && fit.step(now.epoch(), now.batch()) % every == 0) {
      checkpoints.last(now);
    }
  }

  private StepEvent event(Progress now, double loss, RunningSums sums) {
    long step = fit.step(now.epoch(), now.batch());
    return new StepEvent(
        now.epoch(),
        now.batch(),
        fit.batches(),
        step,
        loss,
        fit.learningRate(step - 1),
        sums.values());
  }
}
