package dev.trifocal.data;

import dev.trifocal.error.DataException;
import dev.trifocal.file.DigestBuilder;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.DataType;
import dev.trifocal.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Samples with labels, by index. Safe to read from several threads at once. {@link #size} and
 * {@link #batch(int[])} are all that must be written; classifiers need {@link #classes} too.
 */
public interface Dataset {
  /**
   * Arrays in memory. Where {@code labels} are int64 {@code [N]} class ids, the classes are named
   * "0" to the largest id; {@link InMemoryDataset#classes(List)} names them otherwise.
   *
   * @param inputs float32 {@code [N, ...]}
   * @param labels int64 or float32 {@code [N, ...]}
   * @throws DataException if there are not as many labels as inputs
   */
  static InMemoryDataset of(Tensor inputs, Tensor labels) {
    return InMemoryDataset.of(Batch.of(inputs, labels));
  }

  /** Arrays in memory with several inputs or labels, as {@link #of(Tensor, Tensor)}. */
  static InMemoryDataset of(Map<String, Tensor> inputs, Map<String, Tensor> labels) {
    return InMemoryDataset.of(new Batch(inputs, labels));
  }

  /**
   * Samples that are made one at a time, as PyTorch's {@code __len__} and {@code __getitem__}.
   *
   * @param samples by index from 0: the same for the same index, always
   */
  static Dataset of(int size, IntFunction<Sample> samples) {
    return new SampleDataset(size, samples);
  }

  /** For messages and provenance: {@code mnist/train}. By default the name of the class. */
  default String name() {
    String whole = getClass().getName();
    return whole.substring(whole.lastIndexOf('.') + 1);
  }

  /** The number of samples. */
  int size();

  /**
   * The shape of one sample of each input, by the input's name: {@code [C, H, W]}. By default that
   * of the first sample.
   *
   * @throws DataException by default if there are no samples
   */
  default Map<String, Shape> inputShapes() {
    if (size() == 0) {
      throw new DataException(name() + " has no samples");
    }
    Map<String, Shape> shapes = new LinkedHashMap<>();
    batch(new int[] {0})
        .inputs()
        .forEach((input, tensor) -> shapes.put(input, tensor.shape().sample()));
    return shapes;
  }

  /**
   * The shape of one sample of the only input.
   *
   * @throws DataException if there are several inputs
   */
  default Shape sampleShape() {
    Map<String, Shape> shapes = inputShapes();
    if (shapes.size() != 1) {
      throw new DataException(
          "%s has the inputs %s; ask for inputShapes".formatted(name(), shapes.keySet()));
    }
    return shapes.values().iterator().next();
  }

  /**
   * Names of the classes in the order of their ids; empty, the default, if labels are not class
   * ids, or there are several.
   */
  default List<String> classes() {
    return List.of();
  }

  /**
   * What pictures went through to become such samples, for predictions later on; empty if samples
   * are not made of pictures, or nobody knows.
   */
  default Optional<Preprocessing> preprocessing() {
    return Optional.empty();
  }

  /**
   * Samples and labels in the order of {@code indices}: the same for the same indices, always.
   *
   * @throws DataException if a sample or label is bad
   */
  Batch batch(int[] indices);

  /**
   * As {@link #batch(int[])}, for a reader who may lose interest. A data set that is slow asks now
   * and then, so that nobody has to wait for what nobody needs.
   *
   * @throws java.util.concurrent.CancellationException if the batch turned out to be unwanted
   */
  default Batch batch(int[] indices, BooleanSupplier unwanted) {
    return batch(indices);
  }

  /**
   * The samples as they are in an epoch of training: where they are augmented, by a pure function
   * of (seed, epoch, index). Evaluation reads the data set itself.
   *
   * @param epoch from 1
   */
  default Dataset epoch(long seed, int epoch) {
    return this;
  }

  /**
   * What {@link #epoch} does to samples, for provenance: a run that stopped in mid-epoch goes on
   * only where it is the same.
   */
  default String augmentation() {
    return "none";
  }

  /**
   * The class id of every sample, in order. By default all samples are read for it.
   *
   * @throws DataException if the labels are not class ids, int64 {@code [N]}
   */
  default long[] classIds() {
    long[] ids = new long[size()];
    int chunk = 256;
    for (int from = 0; from < ids.length; from += chunk) {
      int to = Math.min(ids.length, from + chunk);
      Tensor label = batch(IntStream.range(from, to).toArray()).label();
      if (label.type() != DataType.INT64 || label.shape().rank() != 1) {
        throw new DataException(
            "%s has the labels %s, which are not class ids".formatted(name(), label));
      }
      System.arraycopy(label.toLongs(), 0, ids, from, to - from);
    }
    return ids;
  }

  /**
   * Tells one content from another, for provenance and for an exact resume: {@code sha256:...}. By
   * default of the number of samples, the classes, and 16 samples spread evenly over the data set,
   * which are read at each call.
   */
  default String digest() {
    int most = 16;
    int count = Math.min(most, size());
    DigestBuilder sha = DigestBuilder.sha256().add(size() + "\n" + classes() + "\n");
    for (int i = 0; i < count; i++) {
      Batch one = batch(new int[] {(int) ((long) i * size() / count)});
      one.inputs().forEach((input, tensor) -> sha.add(input + tensor).add(tensor.bytes()));
      one.labels().forEach((label, tensor) -> sha.add(label + tensor).add(tensor.bytes()));
    }
    return sha.build().text();
  }
}
