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
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Samples with labels, accessed by index. Implementations must be thread-safe. Only {@link #size}
 * and {@link #batch(int[])} are abstract; classifiers need {@link #classes} too.
 */
public interface Dataset {
  /**
   * Returns a data set in memory. If {@code labels} are int64 {@code [N]} class ids, the classes
   * are named "0", "1", ... up to the largest id; {@link InMemoryDataset#classes(List)} sets other
   * names.
   *
   * @param inputs float32 {@code [N, ...]}
   * @param labels int64 or float32 {@code [N, ...]}
   * @throws DataException if inputs and labels differ in the number of samples
   */
  static InMemoryDataset of(Tensor inputs, Tensor labels) {
    return InMemoryDataset.of(Batch.of(inputs, labels));
  }

  /**
   * Returns a data set in memory with several inputs or labels; see {@link #of(Tensor, Tensor)}.
   */
  static InMemoryDataset of(Map<String, Tensor> inputs, Map<String, Tensor> labels) {
    return InMemoryDataset.of(new Batch(inputs, labels));
  }

  /**
   * Returns a data set that produces one sample at a time, like {@code __len__} and {@code
   * __getitem__} of PyTorch's {@code Dataset}.
   *
   * @param samples function from index, from 0, to sample; must be deterministic and thread-safe
   */
  static Dataset of(int size, IntFunction<Sample> samples) {
    return new SampleDataset(size, samples);
  }

  /**
   * Returns a name for messages and provenance, for example {@code mnist/train}. The default is the
   * class name.
   */
  default String name() {
    String whole = getClass().getName();
    return whole.substring(whole.lastIndexOf('.') + 1);
  }

  /** Returns the number of samples. */
  int size();

  /**
   * Returns the shape of one sample of each input by name, for example {@code [C, H, W]}. The
   * default reads the first sample.
   *
   * @throws DataException if there are no samples to take the shapes from
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
   * Returns the shape of one sample of the only input.
   *
   * @throws DataException unless there is exactly one input
   */
  default Shape sampleShape() {
    Map<String, Shape> shapes = inputShapes();
    if (shapes.size() != 1) {
      throw new DataException(
          "%s has the inputs %s; use inputShapes".formatted(name(), shapes.keySet()));
    }
    return shapes.values().iterator().next();
  }

  /**
   * Returns the class names in the order of their ids. The list is empty, the default, if labels
   * are neither class ids nor {@linkplain #isMultiLabel multi-label}, or there are several labels.
   */
  default List<String> classes() {
    return List.of();
  }

  /**
   * Returns whether a sample may belong to any number of classes. Labels are then float32 {@code
   * [N, K]}, 1 for each of its classes and 0 for the others, instead of class ids. The default is
   * false.
   */
  default boolean isMultiLabel() {
    return false;
  }

  /**
   * Returns whether each pixel has a class of its own, as in semantic segmentation. Labels are then
   * int64 {@code [N, H, W]}, with the height and width of the images. The default is false.
   */
  default boolean isSegmentation() {
    return false;
  }

  /**
   * Returns the label that stands for no class, such as that of void pixels: losses and metrics
   * ignore it, as {@code torch.nn.CrossEntropyLoss} does its {@code ignore_index}. Empty, the
   * default, if every label is a class id.
   */
  default OptionalLong ignoreIndex() {
    return OptionalLong.empty();
  }

  /**
   * Returns the preprocessing that turned images into these samples, to be applied in later
   * predictions; empty if the samples are not images or the preprocessing is unknown.
   */
  default Optional<Preprocessing> preprocessing() {
    return Optional.empty();
  }

  /**
   * Returns samples and labels in the order of {@code indices}. Implementations must be
   * deterministic.
   *
   * @throws DataException if a sample or label is invalid
   */
  Batch batch(int[] indices);

  /**
   * Returns a batch like {@link #batch(int[])}, with support for cancellation. Slow data sets
   * should poll {@code unwanted} while reading. The default ignores it.
   *
   * @param unwanted whether the batch is no longer needed
   * @throws java.util.concurrent.CancellationException if the batch was cancelled
   */
  default Batch batch(int[] indices, BooleanSupplier unwanted) {
    return batch(indices);
  }

  /**
   * Returns the data set for one training epoch. Augmentation, if any, is a pure function of (seed,
   * epoch, index). Evaluation uses the data set itself.
   *
   * @param epoch from 1
   */
  default Dataset epoch(long seed, int epoch) {
    return this;
  }

  /**
   * Describes the augmentation that {@link #epoch} applies, for provenance: a run stopped within an
   * epoch resumes only with the same augmentation.
   */
  default String augmentation() {
    return "none";
  }

  /**
   * Returns the class id of every sample, in order. The default reads all samples.
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
   * Returns how often classes occur. The default counts {@link #classIds}, or reads all samples in
   * segmentation.
   *
   * @throws DataException if the labels are not class ids
   */
  default ClassFrequencies classFrequencies() {
    if (isSegmentation()) {
      return ClassFrequencies.of(this);
    }
    ClassFrequencies.Counter counter = new ClassFrequencies.Counter(classes().size());
    for (long id : classIds()) {
      counter.add(id);
    }
    return counter.frequencies();
  }

  /**
   * Returns a digest of the content, {@code sha256:...}, for provenance and exact resumption. The
   * default covers the number of samples, the classes, and 16 samples spread evenly over the data
   * set, which are read at each call.
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
