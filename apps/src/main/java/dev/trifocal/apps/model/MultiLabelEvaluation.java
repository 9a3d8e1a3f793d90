package dev.trifocal.apps.model;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.Program;
import dev.trifocal.data.Batch;
import dev.trifocal.data.BatchLoader;
import dev.trifocal.data.Dataset;
import dev.trifocal.data.Shuffle;
import dev.trifocal.graph.Graph;
import dev.trifocal.metric.MultiLabelScores;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.trainer.Callbacks;
import dev.trifocal.trainer.StopSignal;
import dev.trifocal.trainer.TimedBatches;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Runs a multi-label model on all samples of a data set.
 *
 * @param model a model whose output {@link Graph#OUTPUT} is logits {@code [K]}
 */
public record MultiLabelEvaluation(Backend backend, LoadedModel model) {
  private static final float PRESENT = 0.5f;

  /**
   * Returns the logits and labels of each sample, in order.
   *
   * @throws dev.trifocal.error.DataException if the data has another number of classes
   */
  public MultiLabelScores of(Dataset data) {
    int batchSize = model.settings().training().batchSize();
    String input = model.graph().inputs().get(0).path();
    int[] order = Shuffle.NONE.order(data.size(), 0, 0);
    List<MultiLabelScores.ScoredSample> samples = new ArrayList<>();
    try (Program program = model.compile(backend);
        BatchLoader loader = BatchLoader.open(data, order, batchSize, 0, 1)) {
      TimedBatches.forEach(
          loader,
          StopSignal.NEVER,
          Callbacks.none(),
          batch -> program.run(Map.of(input, batch.input())).get(Graph.OUTPUT),
          (batch, logits) -> samples.addAll(samples(logits, batch)));
    }
    return MultiLabelScores.of(data.classes().size(), samples);
  }

  private static List<MultiLabelScores.ScoredSample> samples(Tensor logits, Batch batch) {
    float[] scores = logits.toFloats();
    float[] labels = batch.label().toFloats();
    int units = scores.length / batch.size();
    int classes = labels.length / batch.size();
    List<MultiLabelScores.ScoredSample> samples = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      boolean[] present = new boolean[classes];
      for (int k = 0; k < classes; k++) {
        present[k] = labels[i * classes + k] >= PRESENT;
      }
      samples.add(
          new MultiLabelScores.ScoredSample(
              Arrays.copyOfRange(scores, i * units, (i + 1) * units), present));
    }
    return samples;
  }
}
