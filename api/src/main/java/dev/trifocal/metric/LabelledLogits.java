package dev.trifocal.metric;

import dev.trifocal.error.DataException;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.DataType;
import dev.trifocal.tensor.Tensor;
import java.nio.FloatBuffer;

/** Samples (or pixels) with their class logits and their class ids. */
final class LabelledLogits {
  /** The id of a sample without a class. */
  static final int NONE = -1;

  private final FloatBuffer logits;
  private final int units;
  private final int pixels;
  private final long[] labels;

  private LabelledLogits(FloatBuffer logits, int units, int pixels, long[] labels) {
    this.logits = logits;
    this.units = units;
    this.pixels = pixels;
    this.labels = labels;
  }

  /**
   * @param output float32 logits {@code [N, K]}, or per pixel {@code [N, K, H, W]}; with one unit,
   *     {@code [N, 1]}, class 1 has it and class 0 has 0
   * @param labels int64 class ids without the class axis, or float32 distributions of the output's
   *     shape, of which the likeliest class counts
   */
  static LabelledLogits of(Tensor output, Tensor labels) {
    Shape shape = output.shape();
    if (shape.rank() < 2) {
      throw new DataException("a ranking needs logits [N, K, ...], but they are " + output);
    }
    int units = shape.size(1);
    int pixels = (int) (shape.elements() / shape.size(0) / units);
    long[] ids = labels.type() == DataType.INT64 ? labels.toLongs() : likeliest(shape, labels);
    if (ids.length != shape.size(0) * pixels) {
      throw new DataException(
          "there are %d labels for logits of shape %s".formatted(ids.length, shape));
    }
    return new LabelledLogits(output.floats(), units, pixels, ids);
  }

  /** Returns the number of samples, including those without a class. */
  int size() {
    return labels.length;
  }

  /** Returns whether a single unit tells two classes apart. */
  boolean isBinary() {
    return units == 1;
  }

  /** Returns the number of classes, at least 2. */
  int classes() {
    return Math.max(2, units);
  }

  /**
   * Returns the class of a sample; {@link #NONE} if its label is not a class id (an ignore index).
   */
  int label(int sample) {
    long id = labels[sample];
    return id >= 0 && id < classes() ? (int) id : NONE;
  }

  float logit(int sample, int id) {
    if (isBinary()) {
      return id == 1 ? logits.get(sample) : 0;
    }
    return logits.get(sample / pixels * units * pixels + sample % pixels + id * pixels);
  }

  /** Returns the class with the largest logit, the first on ties; {@link #NONE} if one is NaN. */
  int predicted(int sample) {
    int best = 0;
    for (int id = 0; id < classes(); id++) {
      if (Float.isNaN(logit(sample, id))) {
        return NONE;
      }
      best = logit(sample, id) > logit(sample, best) ? id : best;
    }
    return best;
  }

  /** Returns the share of labels among the {@code k} largest logits. */
  WeightedMean hits(int k) {
    long hits = 0;
    long counted = 0;
    for (int sample = 0; sample < size(); sample++) {
      if (label(sample) != NONE) {
        counted++;
        hits += rank(sample, label(sample)) < k ? 1 : 0;
      }
    }
    return new WeightedMean(hits, counted);
  }

  /** Returns the number of classes ranked before {@code id}; NaN ranks before every other logit. */
  private int rank(int sample, int id) {
    float own = logit(sample, id);
    int rank = Float.isNaN(own) ? classes() : 0;
    for (int k = 0; k < classes(); k++) {
      float other = logit(sample, k);
      boolean behind = k < id ? other < own : other <= own;
      rank += k == id || behind ? 0 : 1;
    }
    return rank;
  }

  private static long[] likeliest(Shape shape, Tensor labels) {
    if (!labels.shape().equals(shape)) {
      throw new DataException(
          "labels must be class ids (int64) or of the output's shape %s, but are %s"
              .formatted(shape, labels));
    }
    int classes = shape.size(1);
    int pixels = (int) (shape.elements() / shape.size(0) / classes);
    FloatBuffer shares = labels.floats();
    long[] ids = new long[shape.size(0) * pixels];
    for (int i = 0; i < ids.length; i++) {
      int first = i / pixels * classes * pixels + i % pixels;
      ids[i] = classes == 1 ? (shares.get(first) >= 0.5f ? 1 : 0) : largest(shares, first, shape);
    }
    return ids;
  }

  private static int largest(FloatBuffer shares, int first, Shape shape) {
    int stride = (int) (shape.elements() / shape.size(0) / shape.size(1));
    int best = 0;
    for (int k = 1; k < shape.size(1); k++) {
      if (shares.get(first + k * stride) > shares.get(first + best * stride)) {
        best = k;
      }
    }
    return best;
  }
}
