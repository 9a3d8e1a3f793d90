package dev.trifocal.trainer;

import dev.trifocal.backend.Program;
import dev.trifocal.data.Batch;
import dev.trifocal.data.BatchLoader;
import dev.trifocal.data.Dataset;
import dev.trifocal.data.Shuffle;
import dev.trifocal.graph.Graph;
import dev.trifocal.metric.Metric;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.tensor.UnusedTensors;
import dev.trifocal.train.LossGraph;
import dev.trifocal.train.LossMean;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Evaluates a model on a data set: loss and metrics over all samples in order, equally weighted.
 *
 * @param loss the network with its objectives
 * @param batchSize samples per run; engines may round differently for different sizes
 * @param loaderThreads number of threads that load batches; does not affect results
 * @param callback callback that receives {@link Callback#batchTimed} and {@link
 *     Callback#validationBatchEnded}
 */
public record Evaluator(
    LossGraph loss, List<Metric> metrics, int batchSize, int loaderThreads, Callback callback) {
  public Evaluator {
    metrics = List.copyOf(metrics);
  }

  /** Returns an evaluator of a run's loss and metrics, without auxiliary outputs. */
  public static Evaluator of(TrainingState state, FitOptions options, Callback callback) {
    return new Evaluator(
        LossGraph.of(state.checkpoint().graph(), state.plan().evaluated()),
        state.metrics(),
        options.batchSize(),
        options.loaderThreads(),
        callback);
  }

  /** Returns the graph to compile for {@link #evaluate}. */
  public Graph graph() {
    return loss.measured();
  }

  /**
   * Evaluates a data set.
   *
   * @param program program compiled from {@link #graph}
   * @return {@code loss}, then the metrics by name
   * @throws dev.trifocal.error.DataException if the data set is empty or incompatible with the
   *     model
   * @throws dev.trifocal.error.MetricException if a metric fails or is not finite
   */
  public Map<String, Double> evaluate(Program program, Dataset data) {
    DataCompatibility.require(loss, data);
    int[] order = Shuffle.NONE.order(data.size(), 0, 0);
    int batches = BatchLoader.batches(data.size(), batchSize);
    Tally tally = new Tally(LossMean.of(loss), MetricTotals.none(metrics));
    try (BatchLoader loader = BatchLoader.open(data, order, batchSize, 0, loaderThreads)) {
      TimedBatches.forEach(
          loader,
          StopSignal.NEVER,
          callback,
          batch -> {
            tally.unused.freeIfMany();
            return program.run(inputs(batch, tally.unused));
          },
          (batch, outputs) -> {
            tally.unused.add(outputs.values());
            tally.loss = tally.loss.plus(outputs, batch.size());
            tally.scores = tally.scores.plus(outputs, batch);
            tally.batches++;
            callback.validationBatchEnded(new ValidationEvent(tally.batches, batches));
          });
    }
    Map<String, Double> result = new LinkedHashMap<>(Map.of(MetricTotals.LOSS, tally.loss.value()));
    result.putAll(tally.scores.values());
    return result;
  }

  /** The totals of the batches so far. */
  private static final class Tally {
    private LossMean loss;
    private MetricTotals scores;
    private int batches;
    private final UnusedTensors unused = UnusedTensors.ofResults();

    private Tally(LossMean loss, MetricTotals scores) {
      this.loss = loss;
      this.scores = scores;
    }
  }

  private Map<String, Tensor> inputs(Batch batch, UnusedTensors unused) {
    Map<String, Tensor> encoded = loss.encode(BatchBinding.labels(loss, batch), batch.size());
    unused.add(encoded.values());
    Map<String, Tensor> result = new LinkedHashMap<>(BatchBinding.inputs(loss.network(), batch));
    result.putAll(encoded);
    return result;
  }
}
