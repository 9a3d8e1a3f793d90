package dev.trifocal.apps.model;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.Program;
import dev.trifocal.data.Batch;
import dev.trifocal.data.BatchLoader;
import dev.trifocal.data.Dataset;
import dev.trifocal.data.Shuffle;
import dev.trifocal.graph.Graph;
import dev.trifocal.metric.ConfusionMatrix;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.trainer.Callbacks;
import dev.trifocal.trainer.StopSignal;
import dev.trifocal.trainer.TimedBatches;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Compares the predicted classes of all pixels with the actual ones.
 *
 * @param model a model whose output {@link Graph#OUTPUT} is logits {@code [K, H, W]}
 */
public record PixelEvaluation(Backend backend, LoadedModel model) {
  /** Returns the counts for all samples of a data set, without pixels of no class. */
  public ConfusionMatrix of(Dataset data) {
    int batchSize = model.settings().training().batchSize();
    String input = model.graph().inputs().get(0).path();
    int[] order = Shuffle.NONE.order(data.size(), 0, 0);
    ConfusionMatrix[] total = {ConfusionMatrix.none(data.classes().size())};
    try (Program program = model.compile(backend);
        BatchLoader loader = BatchLoader.open(data, order, batchSize, 0, 1)) {
      TimedBatches.forEach(
          loader,
          StopSignal.NEVER,
          Callbacks.none(),
          batch -> program.run(Map.of(input, batch.input())).get(Graph.OUTPUT),
          (batch, logits) -> total[0] = total[0].plus(counts(logits, batch, data)));
    }
    return total[0];
  }

  private static ConfusionMatrix counts(Tensor logits, Batch batch, Dataset data) {
    int classes = logits.shape().size(1);
    int pixels = logits.shape().size(2) * logits.shape().size(3);
    float[] scores = logits.toFloats();
    long[] labels = batch.label().toLongs();
    OptionalLong ignored = data.ignoreIndex();
    int[] actual = new int[labels.length];
    int[] predicted = new int[labels.length];
    int count = 0;
    for (int i = 0; i < labels.length; i++) {
      if (ignored.isPresent() && labels[i] == ignored.getAsLong()) {
        continue;
      }
      int first = i / pixels * classes * pixels + i % pixels;
      int best = 0;
      for (int id = 1; id < classes; id++) {
        best = scores[first + id * pixels] > scores[first + best * pixels] ? id : best;
      }
      actual[count] = (int) labels[i];
      predicted[count++] = best;
    }
    return ConfusionMatrix.of(
        data.classes().size(), Arrays.copyOf(actual, count), Arrays.copyOf(predicted, count));
  }
}
