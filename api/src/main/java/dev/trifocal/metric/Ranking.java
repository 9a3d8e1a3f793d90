package dev.trifocal.metric;

import dev.trifocal.error.DataException;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.DataType;
import dev.trifocal.tensor.Tensor;
import java.nio.FloatBuffer;

/** Where labels stand among the logits, for metrics that ask for the first or the first few. */
interface Ranking {
  /** How many labels stand among the {@code k} largest logits, of how many. */
  static Mean hits(Tensor output, Tensor labels, int k) {
    Shape shape = output.shape();
    if (shape.rank() < 2) {
      throw new DataException("a ranking needs logits [N, K, ...], but they are " + output);
    }
    int classes = shape.size(1);
    int pixels = (int) (shape.elements() / shape.size(0) / classes);
    long[] ids = labels.type() == DataType.INT64 ? labels.toLongs() : likeliest(shape, labels);
    if (ids.length != shape.size(0) * pixels) {
      throw new DataException(
          "there are %d labels for logits of shape %s".formatted(ids.length, shape));
    }
    FloatBuffer logits = output.floats();
    long hits = 0;
    long counted = 0;
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] >= 0 && ids[i] < Math.max(2, classes)) {
        int first = i / pixels * classes * pixels + i % pixels;
        counted++;
        hits += rank(logits, first, classes, pixels, (int) ids[i]) < k ? 1 : 0;
      }
    }
    return new Mean(hits, counted);
  }

  /** How many classes come before {@code id}; logits that are NaN come before all. */
  private static int rank(FloatBuffer logits, int first, int classes, int stride, int id) {
    if (classes == 1) {
      float logit = logits.get(first);
      return Float.isNaN(logit) || (id == 1) != logit > 0 ? 1 : 0;
    }
    float own = logits.get(first + id * stride);
    int rank = Float.isNaN(own) ? classes : 0;
    for (int k = 0; k < classes; k++) {
      float other = logits.get(first + k * stride);
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
