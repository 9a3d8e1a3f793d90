package dev.trifocal.apps.advice;

import dev.trifocal.apps.engine.EngineBenchmark;
import dev.trifocal.apps.engine.PeakMemory;
import dev.trifocal.backend.Backend;
import dev.trifocal.backend.StepResult;
import dev.trifocal.backend.StepSize;
import dev.trifocal.backend.TrainingSession;
import dev.trifocal.profile.Stopwatch;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.Checkpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a few steps of a training took.
 *
 * @param milliseconds median time of a step
 * @param bytes peak of the resident memory above that of the idle process
 * @param firstLoss loss of the first step
 * @param lastLoss loss of the last step, on the same samples
 */
record RemedyMeasurement(double milliseconds, long bytes, double firstLoss, double lastLoss) {
  /** A batch and its labels. */
  private record Labelled(Map<String, Tensor> inputs, Map<String, Tensor> labels) {}

  /**
   * Trains on the samples of one step, again and again. The process must not have trained before,
   * or memory that it has left over would be used and not seen.
   *
   * @param steps number of steps, at least 1
   */
  static RemedyMeasurement of(Backend backend, Remedy remedy, int steps, long seed) {
    new EngineBenchmark(backend, remedy.options(), StepSize.of(1), 0, 1).load();
    PeakMemory peak = PeakMemory.start();
    List<Labelled> batches = batches(remedy, seed);
    double rate = remedy.plan().optimizer().learningRate();
    List<Double> milliseconds = new ArrayList<>();
    List<Double> losses = new ArrayList<>();
    try (TrainingSession session =
        backend.train(remedy.plan(), Checkpoint.start(remedy.graph(), seed), remedy.options())) {
      for (int step = 0; step < steps; step++) {
        Stopwatch watch = Stopwatch.start();
        losses.add(step(session, batches, rate));
        milliseconds.add(1000 * watch.seconds());
      }
    }
    double median = milliseconds.stream().sorted().skip(steps / 2).findFirst().orElseThrow();
    return new RemedyMeasurement(
        median, peak.aboveIdle(), losses.get(0), losses.get(losses.size() - 1));
  }

  private static double step(TrainingSession session, List<Labelled> batches, double rate) {
    if (batches.size() == 1) {
      return session.step(batches.get(0).inputs(), batches.get(0).labels(), rate).loss();
    }
    double loss = 0;
    for (Labelled batch : batches) {
      StepResult result = session.accumulate(batch.inputs(), batch.labels());
      loss += result.loss() / batches.size();
    }
    session.update(rate);
    return loss;
  }

  private static List<Labelled> batches(Remedy remedy, long seed) {
    SyntheticBatches synthetic =
        new SyntheticBatches(remedy.graph(), remedy.size().batchSize(), seed);
    List<Labelled> result = new ArrayList<>();
    for (int batch = 0; batch < remedy.size().batches(); batch++) {
      result.add(new Labelled(synthetic.inputs(batch), synthetic.labels(batch)));
    }
    return result;
  }
}
