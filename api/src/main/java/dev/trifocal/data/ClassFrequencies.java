package dev.trifocal.data;

import dev.trifocal.error.DataException;
import dev.trifocal.tensor.DataType;
import dev.trifocal.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * How often classes occur in a data set. Labels that are no class ids, such as void, do not count.
 *
 * @param labels the number of labels of each class: samples, or pixels in segmentation
 * @param labelsBeside the number of labels in the samples in which each class occurs
 */
public record ClassFrequencies(List<Long> labels, List<Long> labelsBeside) {
  private static final int CHUNK = 16;

  public ClassFrequencies {
    labels = List.copyOf(labels);
    labelsBeside = List.copyOf(labelsBeside);
  }

  /**
   * Counts the labels of all samples.
   *
   * @throws DataException if they are not class ids, int64 {@code [N]} or {@code [N, H, W]}
   */
  static ClassFrequencies of(Dataset data) {
    Counter counter = new Counter(data.classes().size());
    for (int from = 0; from < data.size(); from += CHUNK) {
      int to = Math.min(data.size(), from + CHUNK);
      Tensor label = data.batch(IntStream.range(from, to).toArray()).label();
      if (label.type() != DataType.INT64) {
        throw new DataException(
            "%s has the labels %s, which are not class ids".formatted(data.name(), label));
      }
      long[] ids = label.toLongs();
      int each = ids.length / (to - from);
      for (int i = 0; i < to - from; i++) {
        counter.add(Arrays.copyOfRange(ids, i * each, (i + 1) * each));
      }
    }
    return counter.frequencies();
  }

  /** Counts the labels of one sample after the other. */
  public static final class Counter {
    private final long[] labels;
    private final long[] beside;

    /** Creates a counter that has seen nothing. */
    public Counter(int classes) {
      this.labels = new long[classes];
      this.beside = new long[classes];
    }

    /** Adds the labels of a sample. */
    public void add(long... ids) {
      long[] own = new long[labels.length];
      for (long id : ids) {
        if (id >= 0 && id < own.length) {
          own[(int) id]++;
        }
      }
      long all = LongStream.of(own).sum();
      for (int id = 0; id < own.length; id++) {
        labels[id] += own[id];
        beside[id] += own[id] > 0 ? all : 0;
      }
    }

    /** Returns the frequencies in all samples so far. */
    public ClassFrequencies frequencies() {
      return new ClassFrequencies(
          LongStream.of(labels).boxed().toList(), LongStream.of(beside).boxed().toList());
    }
  }
}
