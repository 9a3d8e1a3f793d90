package dev.trifocal.trainer;

import dev.trifocal.backend.StepResult;
import dev.trifocal.data.Batch;
import dev.trifocal.data.BatchLoader;
import dev.trifocal.data.Dataset;
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
        Averages averages = averages(now, batch, result);
        now = after(now, averages, from.secondsInEpoch() + watch.seconds());
        save(now);
        fit.listener().stepped(event(now, result.loss(), averages));
      }
    }
    return now;
  }

  private StepResult step(Progress now, Batch batch) {
    long step = fit.step(now.epoch(), now.batch());
    Map<String, Tensor> inputs = BatchBinding.inputs(fit.graph(), batch);
    Map<String, Tensor> labels = BatchBinding.labelsFor(fit.plan(), batch);
    StepResult result = fit.session().step(inputs, labels, fit.learningRate(step));
    if (!Double.isFinite(result.loss())) {
      throw checkpoints.diverged(
          "the loss is %s at step %d (epoch %d, batch %d)"
              .formatted(result.loss(), step + 1, now.epoch(), now.batch() + 1));
    }
    return result;
  }

  private Averages averages(Progress now, Batch batch, StepResult result) {
    return new Averages(now.running())
        .plus(Averages.LOSS, new Mean(result.loss() * batch.size(), batch.size()))
        .plus(fit.start().metrics(), result.outputs(), batch);
  }

  private static Progress after(Progress now, Averages averages, double seconds) {
    return new Progress(
        now.epoch(),
        now.batch() + 1,
        averages.means(),
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

  private StepEvent event(Progress now, double loss, Averages averages) {
    long step = fit.step(now.epoch(), now.batch());
    return new StepEvent(
        now.epoch(),
        now.batch(),
        fit.batches(),
        step,
        loss,
        fit.learningRate(step - 1),
        averages.values());
  }
}
