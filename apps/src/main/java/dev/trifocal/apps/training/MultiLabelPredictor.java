package dev.trifocal.apps.training;

import dev.trifocal.apps.model.MultiLabelEvaluation;
import dev.trifocal.apps.report.training.MultiLabelImage;
import dev.trifocal.apps.report.training.MultiLabelPredictions;
import dev.trifocal.apps.report.training.SampleDisplay;
import dev.trifocal.data.Dataset;
import dev.trifocal.metric.MultiLabelScores;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Predicts the samples of a multi-label data set and selects those that a report shows. */
record MultiLabelPredictor(MultiLabelEvaluation evaluation) {
  private static final int SHOWN = 24;

  /** A sample with the number of its wrong and missing labels. */
  private record Mistakes(int index, long count) {}

  /**
   * Predicts the samples.
   *
   * @param split the name of the data's split, such as {@code validation}
   * @param shown the display for the selected samples
   */
  MultiLabelPredictions of(Dataset data, String split, SampleDisplay shown) {
    MultiLabelScores scores = evaluation.of(data);
    List<Mistakes> all =
        IntStream.range(0, data.size())
            .mapToObj(index -> new Mistakes(index, mistakes(scores.sample(index))))
            .toList();
    List<Mistakes> wrong =
        all.stream()
            .filter(one -> one.count() > 0)
            .sorted(Comparator.comparingLong(Mistakes::count).reversed())
            .limit(SHOWN)
            .toList();
    List<Mistakes> right = all.stream().filter(one -> one.count() == 0).toList();
    int shownOfRight = Math.min(SHOWN, right.size());
    return new MultiLabelPredictions(
        split,
        data.classes(),
        scores,
        wrong.stream().map(one -> image(scores, one.index(), shown)).toList(),
        IntStream.range(0, shownOfRight)
            .map(i -> (int) ((long) i * right.size() / shownOfRight))
            .mapToObj(i -> image(scores, right.get(i).index(), shown))
            .toList());
  }

  private static long mistakes(MultiLabelScores.ScoredSample sample) {
    float[] logits = sample.logits();
    boolean[] labels = sample.labels();
    return IntStream.range(0, labels.length).filter(k -> logits[k] > 0 != labels[k]).count();
  }

  private static MultiLabelImage image(MultiLabelScores scores, int index, SampleDisplay shown) {
    MultiLabelScores.ScoredSample sample = scores.sample(index);
    float[] logits = sample.logits();
    double[] probabilities =
        IntStream.range(0, logits.length)
            .mapToDouble(k -> 1 / (1 + Math.exp(-logits[k])))
            .toArray();
    return new MultiLabelImage(
        shown.name(index), shown.image(index), sample.labels(), probabilities);
  }
}
