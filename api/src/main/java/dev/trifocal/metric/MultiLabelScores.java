package dev.trifocal.metric;

import dev.trifocal.error.DataException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * The scores of a multi-label classifier for each class, from the logits of all samples: the values
 * of scikit-learn's {@code average_precision_score} and {@code precision_recall_fscore_support}
 * with {@code zero_division=0}. A class is predicted if its logit is positive. Immutable.
 */
public final class MultiLabelScores {
  private final List<ScoredSample> samples;
  private final int classes;

  /**
   * One sample.
   *
   * @param logits one per class
   * @param labels whether the sample belongs to each class
   */
  public record ScoredSample(float[] logits, boolean[] labels) {
    public ScoredSample {
      logits = logits.clone();
      labels = labels.clone();
    }

    @Override
    public float[] logits() {
      return logits.clone();
    }

    @Override
    public boolean[] labels() {
      return labels.clone();
    }
  }

  private MultiLabelScores(int classes, List<ScoredSample> samples) {
    this.classes = classes;
    this.samples = samples;
  }

  /**
   * @throws DataException if a sample has another number of logits or labels
   */
  public static MultiLabelScores of(int classes, List<ScoredSample> samples) {
    for (ScoredSample sample : samples) {
      if (sample.logits.length != classes || sample.labels.length != classes) {
        throw new DataException(
            "there are %d classes, but a sample with %d logits and %d labels"
                .formatted(classes, sample.logits.length, sample.labels.length));
      }
    }
    return new MultiLabelScores(classes, List.copyOf(samples));
  }

  public int classes() {
    return classes;
  }

  public int samples() {
    return samples.size();
  }

  /** Returns a sample, in the order given. */
  public ScoredSample sample(int index) {
    return samples.get(index);
  }

  /** Returns precision, recall, F1 and support of a class. */
  public ClassScore score(int id) {
    long hits = count(sample -> sample.logits[id] > 0 && sample.labels[id]);
    long taken = count(sample -> sample.logits[id] > 0);
    return ClassScore.of(hits, taken, count(sample -> sample.labels[id]));
  }

  /**
   * Returns the average precision of a class: the sum of the precisions at each distinct logit,
   * weighted by the increase in recall. Empty if no sample belongs to the class.
   */
  public OptionalDouble averagePrecision(int id) {
    List<ScoredSample> ranked = new ArrayList<>(samples);
    ranked.sort(Comparator.comparingDouble(sample -> -sample.logits[id]));
    long support = count(sample -> sample.labels[id]);
    double sum = 0;
    long hits = 0;
    long counted = 0;
    for (int i = 0; i < ranked.size(); i++) {
      hits += ranked.get(i).labels[id] ? 1 : 0;
      boolean lastOfTies =
          i + 1 == ranked.size() || ranked.get(i + 1).logits[id] != ranked.get(i).logits[id];
      if (lastOfTies) {
        sum += (double) (hits - counted) * hits / (i + 1);
        counted = hits;
      }
    }
    return support == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / support);
  }

  /** Returns the mean average precision over the classes that have samples; empty if none has. */
  public OptionalDouble meanAveragePrecision() {
    return IntStream.range(0, classes)
        .mapToObj(this::averagePrecision)
        .flatMapToDouble(OptionalDouble::stream)
        .average();
  }

  /** Returns the unweighted means over all classes; the support is the number of labels. */
  public ClassScore macro() {
    List<ClassScore> scores = IntStream.range(0, classes).mapToObj(this::score).toList();
    return new ClassScore(
        scores.stream().mapToDouble(ClassScore::precision).average().orElse(0),
        scores.stream().mapToDouble(ClassScore::recall).average().orElse(0),
        scores.stream().mapToDouble(ClassScore::f1).average().orElse(0),
        scores.stream().mapToLong(ClassScore::support).sum());
  }

  private long count(Predicate<ScoredSample> condition) {
    return samples.stream().filter(condition).count();
  }
}
