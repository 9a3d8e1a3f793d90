package dev.trifocal.apps.report.training;

import dev.trifocal.backend.Program;
import dev.trifocal.data.Batch;
import dev.trifocal.data.BatchLoader;
import dev.trifocal.data.Dataset;
import dev.trifocal.error.DataException;
import dev.trifocal.graph.Graph;
import dev.trifocal.metric.ConfusionMatrix;
import dev.trifocal.tensor.DataType;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.trainer.Callbacks;
import dev.trifocal.trainer.StopSignal;
import dev.trifocal.trainer.TimedBatches;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Predicts the samples of a data set. Only the images that are shown are kept, so the data may be
 * larger than memory.
 *
 * @param input the path of the program's input node
 * @param batchSize the number of samples per batch
 * @param limit the largest number of samples to predict, evenly spaced over the data
 */
public record SamplePredictor(String input, int batchSize, int limit) {
  /** The prediction for one sample, without its image. */
  private record Answer(int index, int label, double[] probabilities) {
    int predicted() {
      return ClassProbabilities.largest(probabilities);
    }

    double confidence() {
      return probabilities[predicted()];
    }

    /** Explains the predicted class and, if that is wrong, the actual class. */
    PredictedImage shown(SampleDisplay shown, SampleExplainer explainer) {
      List<Integer> explained = predicted() == label ? List.of(label) : List.of(predicted(), label);
      return new PredictedImage(
          shown.name(index),
          shown.image(index),
          label,
          probabilities,
          explainer.maps(index, explained));
    }
  }

  /**
   * Predicts the samples.
   *
   * @param program a program whose output {@link Graph#OUTPUT} is logits {@code [N, K]}
   * @param data the data set
   * @param split the name of the data's split, such as {@code validation}
   * @param shown the display for the selected samples
   * @param explainer the explanations for the selected samples
   * @throws DataException if the labels are not class ids, or the program has another number of
   *     classes
   */
  public Predictions of(
      Program program, Dataset data, String split, SampleDisplay shown, SampleExplainer explainer) {
    int[] order = order(data.size());
    List<Answer> answers = new ArrayList<>();
    try (BatchLoader loader = BatchLoader.open(data, order, batchSize, 0, 1)) {
      TimedBatches.forEach(
          loader,
          StopSignal.NEVER,
          Callbacks.none(),
          batch -> program.run(Map.of(input, batch.input())).get(Graph.OUTPUT),
          (batch, logits) -> answers.addAll(answers(logits, batch, data, order, answers.size())));
    }
    ConfusionMatrix confusion =
        ConfusionMatrix.of(
            data.classes().size(),
            answers.stream().mapToInt(Answer::label).toArray(),
            answers.stream().mapToInt(Answer::predicted).toArray());
    return new Predictions(
        split,
        data.classes(),
        confusion,
        answers.stream()
            .filter(answer -> answer.predicted() != answer.label())
            .sorted(Comparator.comparingDouble(Answer::confidence).reversed())
            .limit(Predictions.SHOWN)
            .map(answer -> answer.shown(shown, explainer))
            .toList(),
        Predictions.spread(
                answers.stream().filter(answer -> answer.predicted() == answer.label()).toList())
            .stream()
            .map(answer -> answer.shown(shown, explainer))
            .toList());
  }

  private List<Answer> answers(Tensor logits, Batch batch, Dataset data, int[] order, int done) {
    if (batch.label().type() != DataType.INT64 || data.classes().isEmpty()) {
      throw new DataException(data.name() + " has no class ids to compare predictions with");
    }
    double[][] probabilities = ClassProbabilities.of(logits);
    int classes = data.classes().size();
    if (logits.shape().rank() != 2 || probabilities[0].length != classes) {
      throw new DataException(
          "%s has %s classes, but the model outputs %s"
              .formatted(data.name(), classes, logits.shape().sample()));
    }
    long[] labels = batch.label().toLongs();
    return IntStream.range(0, labels.length)
        .mapToObj(i -> new Answer(order[done + i], (int) labels[i], probabilities[i]))
        .toList();
  }

  private int[] order(int size) {
    int count = Math.min(limit, size);
    return IntStream.range(0, count).map(i -> (int) ((long) i * size / count)).toArray();
  }
}
