package dev.trifocal.apps.model;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.Program;
import dev.trifocal.data.BatchLoader;
import dev.trifocal.data.Dataset;
import dev.trifocal.data.Shuffle;
import dev.trifocal.graph.Graph;
import dev.trifocal.image.Image;
import dev.trifocal.metric.ConfusionMatrix;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.trainer.Callbacks;
import dev.trifocal.trainer.StopSignal;
import dev.trifocal.trainer.TimedBatches;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Compares the predicted classes of all pixels with the actual ones.
 *
 * @param model a model whose output {@link Graph#OUTPUT} is logits {@code [K, H, W]}
 */
public record PixelEvaluation(Backend backend, LoadedModel model) {
  /**
   * The classes of the pixels of a sample.
   *
   * @param actual class ids as a gray image
   * @param predicted class ids as a gray image
   * @param counts counts of actual against predicted classes, without pixels of no class
   */
  public record Sample(int index, Image actual, Image predicted, ConfusionMatrix counts) {}

  /** Returns the counts for all samples of a data set, without pixels of no class. */
  public ConfusionMatrix of(Dataset data) {
    ConfusionMatrix[] total = {ConfusionMatrix.none(data.classes().size())};
    forEach(data, sample -> total[0] = total[0].plus(sample.counts()));
    return total[0];
  }

  /** Predicts the samples of a data set, one after the other. */
  public void forEach(Dataset data, Consumer<Sample> action) {
    int batchSize = model.settings().training().batchSize();
    String input = model.graph().inputs().get(0).path();
    int[] order = Shuffle.NONE.order(data.size(), 0, 0);
    int[] next = {0};
    try (Program program = model.compile(backend);
        BatchLoader loader = BatchLoader.open(data, order, batchSize, 0, 1)) {
      TimedBatches.forEach(
          loader,
          StopSignal.NEVER,
          Callbacks.none(),
          batch -> program.run(Map.of(input, batch.input())).get(Graph.OUTPUT),
          (batch, logits) -> {
            for (int i = 0; i < batch.size(); i++) {
              action.accept(sample(next[0]++, logits.row(i), batch.label().row(i), data));
            }
          });
    }
  }

  private static Sample sample(int index, Tensor logits, Tensor label, Dataset data) {
    int classes = logits.shape().size(0);
    int height = logits.shape().size(1);
    int width = logits.shape().size(2);
    float[] scores = logits.toFloats();
    long[] labels = label.toLongs();
    int pixels = labels.length;
    int[] actual = new int[pixels];
    int[] predicted = new int[pixels];
    byte[] actualIds = new byte[pixels];
    byte[] predictedIds = new byte[pixels];
    int count = 0;
    for (int i = 0; i < pixels; i++) {
      int best = 0;
      for (int id = 1; id < classes; id++) {
        best = scores[i + id * pixels] > scores[i + best * pixels] ? id : best;
      }
      actualIds[i] = (byte) labels[i];
      predictedIds[i] = (byte) best;
      if (data.ignoreIndex().isEmpty() || labels[i] != data.ignoreIndex().getAsLong()) {
        actual[count] = (int) labels[i];
        predicted[count++] = best;
      }
    }
    return new Sample(
        index,
        Image.of(height, width, 1, actualIds),
        Image.of(height, width, 1, predictedIds),
        ConfusionMatrix.of(
            data.classes().size(), Arrays.copyOf(actual, count), Arrays.copyOf(predicted, count)));
  }
}
