package dev.trifocal.trainer;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.StepResult;
import dev.trifocal.backend.TrainingSession;
import dev.trifocal.data.Batch;
import dev.trifocal.data.BatchLoader;
import dev.trifocal.data.Dataset;
import dev.trifocal.data.Splits;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.metric.WeightedMean;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.LossGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Smith's learning-rate range test ("Cyclical Learning Rates for Training Neural Networks", 2017)
 * with a rate that grows exponentially, as in fastai. The initial state is not changed.
 *
 * @param lowest learning rate of the first step; positive
 * @param highest learning rate of the last step; above the lowest
 * @param steps maximum number of steps, at least 2
 */
public record LearningRateFinder(double lowest, double highest, int steps) {
  /** Up to 100 steps at rates from 1e-7 to 10. */
  public static final LearningRateFinder USUAL = new LearningRateFinder(1e-7, 10, 100);

  /** The loss has diverged if its smoothed value exceeds its minimum by this factor. */
  private static final double DIVERGED = 4;

  private static final double SMOOTHING = 0.9;

  public LearningRateFinder {
    if (!(lowest > 0 && highest > lowest) || steps < 2) {
      throw new ConfigurationException(
          "a range test needs increasing rates above 0 and at least 2 steps, but has %s to %s in %d"
              .formatted(lowest, highest, steps));
    }
  }

  /**
   * Trains until the loss diverges, the highest rate is reached or a stop is requested.
   *
   * @param state state before its first step; its schedule is ignored
   * @param fit options, of which the batch size, batches per step, order and threads are used
   */
  public LearningRateSweep run(
      Backend backend,
      RunOptions options,
      TrainingState state,
      Splits data,
      FitOptions fit,
      StopSignal stop) {
    DataCompatibility.require(state, data, fit.batchSize());
    List<LearningRateSweep.Point> points = new ArrayList<>();
    try (TrainingSession session =
        backend.train(
            state.plan(), state.checkpoint(), options.typicalBatchSize(fit.batchSize()))) {
      for (int epoch = 1; points.size() < steps && !isOver(points) && !stop.requested(); epoch++) {
        epoch(session, state, data.train(), fit, stop, epoch, points);
      }
    }
    return new LearningRateSweep(points);
  }

  private void epoch(
      TrainingSession session,
      TrainingState state,
      Dataset train,
      FitOptions fit,
      StopSignal stop,
      int epoch,
      List<LearningRateSweep.Point> points) {
    long seed = state.checkpoint().seed();
    Dataset data = train.epoch(seed, epoch);
    int[] order = fit.shuffle().order(data.size(), seed, epoch);
    LossGraph graph = LossGraph.of(state.checkpoint().graph(), state.plan().objectives());
    try (BatchLoader loader =
        BatchLoader.open(data, order, fit.batchSize(), 0, fit.loaderThreads())) {
      TimedBatches.inGroups(
          loader,
          fit.accumulate(),
          () -> points.size() == steps || isOver(points) || stop.requested(),
          Callbacks.none(),
          batches -> loss(session, graph, batches, rate(points.size())),
          (batches, loss) -> points.add(point(points, rate(points.size()), loss)));
    }
  }

  /** Takes a step with all batches and returns their mean loss. */
  private static double loss(
      TrainingSession session, LossGraph graph, List<Batch> batches, double rate) {
    if (batches.size() == 1) {
      Batch batch = batches.get(0);
      return session.step(inputs(graph, batch), BatchBinding.labels(graph, batch), rate).loss();
    }
    WeightedMean loss = WeightedMean.NONE;
    for (Batch batch : batches) {
      StepResult result =
          session.accumulate(inputs(graph, batch), BatchBinding.labels(graph, batch));
      loss = loss.plus(new WeightedMean(result.loss() * batch.size(), batch.size()));
    }
    session.update(rate);
    return loss.value();
  }

  private static Map<String, Tensor> inputs(LossGraph graph, Batch batch) {
    return BatchBinding.inputs(graph.network(), batch);
  }

  private double rate(int step) {
    return lowest * Math.pow(highest / lowest, (double) step / (steps - 1));
  }

  private static LearningRateSweep.Point point(
      List<LearningRateSweep.Point> before, double rate, double loss) {
    double mean = 0;
    for (LearningRateSweep.Point point : before) {
      mean = SMOOTHING * mean + (1 - SMOOTHING) * point.loss();
    }
    mean = SMOOTHING * mean + (1 - SMOOTHING) * loss;
    return new LearningRateSweep.Point(
        rate, loss, mean / (1 - Math.pow(SMOOTHING, before.size() + 1)));
  }

  private static boolean isOver(List<LearningRateSweep.Point> points) {
    if (points.isEmpty()) {
      return false;
    }
    double now = points.get(points.size() - 1).smoothed();
    double best =
        points.stream().mapToDouble(LearningRateSweep.Point::smoothed).min().orElse(Double.NaN);
    return !(now <= DIVERGED * best);
  }
}
