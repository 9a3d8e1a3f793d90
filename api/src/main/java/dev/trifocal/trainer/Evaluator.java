package dev.trifocal.trainer;

import dev.trifocal.backend.Program;
import dev.trifocal.data.Batch;
import dev.trifocal.data.BatchLoader;
import dev.trifocal.data.Dataset;
import dev.trifocal.data.Shuffle;
import dev.trifocal.graph.Graph;
import dev.trifocal.metric.Mean;
import dev.trifocal.metric.Metric;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.Loss;
import dev.trifocal.train.Objective;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Measures a model on a data set: loss and metrics over all samples, in their own order, each
 * sample weighing the same. The loss is worked out on the host in double precision, so the same
 * outputs give the same digits wherever they come from.
 *
 * @param batchSize samples per run; engines may round differently for another size
 * @param loaderThreads threads that read ahead; they change no number
 * @param callback gets {@link Callback#validationBatchEnded}
 */
public record Evaluator(
    Graph graph,
    List<Objective> objectives,
    List<Metric> metrics,
    int batchSize,
    int loaderThreads,
    Callback callback) {
  public Evaluator {
    objectives = List.copyOf(objectives);
    metrics = List.copyOf(metrics);
  }

  /** Measures what a training measures, in batches of the same size, auxiliary outputs aside. */
  public static Evaluator of(TrainingState state, FitOptions options, Callback callback) {
    return new Evaluator(
        state.checkpoint().graph(),
        state.plan().evaluated(),
        state.metrics(),
        options.batchSize(),
        options.loaderThreads(),
        callback);
  }

  /** As {@link #evaluate(UnaryOperator, Dataset)}, with a compiled program. */
  public Map<String, Double> evaluate(Program program, Dataset data) {
    return evaluate(program::run, data);
  }

  /**
   * @param model from inputs by the path of the input node to outputs by name, in evaluation mode:
   *     {@code session::predict}
   * @return {@code loss}, then the metrics under their names
   * @throws dev.trifocal.error.DataException if the data set is empty or does not fit the model
   */
  public Map<String, Double> evaluate(UnaryOperator<Map<String, Tensor>> model, Dataset data) {
    DataFit.require(graph, objectives, data);
    int[] order = Shuffle.NONE.order(data.size(), 0, 0);
    int batches = BatchLoader.batches(data.size(), batchSize);
    Tally tally = new Tally(objectives.size());
    try (BatchLoader loader = BatchLoader.open(data, order, batchSize, 0, loaderThreads)) {
      TimedBatches.forEach(
          loader,
          StopSignal.NEVER,
          callback,
          batch -> model.apply(BatchBinding.inputs(graph, batch)),
          (batch, outputs) -> {
            tally.losses = plus(tally.losses, outputs, batch);
            tally.scores = tally.scores.plus(metrics, outputs, batch);
            tally.batches++;
            callback.validationBatchEnded(new ValidationEvent(tally.batches, batches));
          });
    }
    Map<String, Double> result = new LinkedHashMap<>(Map.of(Averages.LOSS, loss(tally.losses)));
    result.putAll(tally.scores.values());
    return result;
  }

  /** What the batches so far came to. */
  private static final class Tally {
    private List<Mean> losses;
    private Averages scores = Averages.NONE;
    private int batches;

    private Tally(int objectives) {
      losses = Collections.nCopies(objectives, Mean.NONE);
    }
  }

  private List<Mean> plus(List<Mean> losses, Map<String, Tensor> outputs, Batch batch) {
    List<Mean> result = new ArrayList<>();
    for (int i = 0; i < objectives.size(); i++) {
      Tensor output = outputs.get(objectives.get(i).output());
      Loss loss = objectives.get(i).loss();
      Tensor label = BatchBinding.label(batch, objectives.get(i).output());
      Loss.Target target = loss.target(output.shape(), label);
      Mean mean = new Mean(loss.sum(output, target.values()), target.weight());
      result.add(losses.get(i).plus(mean));
    }
    return result;
  }

  private double loss(List<Mean> losses) {
    double sum = 0;
    for (int i = 0; i < losses.size(); i++) {
      Mean mean = losses.get(i);
      sum += mean.weight() == 0 ? 0 : objectives.get(i).weight() * mean.value();
    }
    return sum;
  }
}
