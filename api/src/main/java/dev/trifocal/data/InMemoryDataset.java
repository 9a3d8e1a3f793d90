package dev.trifocal.data;

import dev.trifocal.error.DataException;
import dev.trifocal.file.DigestBuilder;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.DataType;
import dev.trifocal.tensor.Tensor;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * A data set in memory.
 *
 * @param samples all samples, as one batch
 * @param classes class names in the order of their ids; empty if labels are not class ids
 */
public record InMemoryDataset(String name, Batch samples, List<String> classes) implements Dataset {
  public InMemoryDataset {
    classes = List.copyOf(classes);
  }

  /**
   * Returns a data set whose classes are named "0", "1", ... up to the largest id if the only label
   * is int64 {@code [N]}.
   */
  static InMemoryDataset of(Batch samples) {
    return new InMemoryDataset("data", samples, idsOf(samples));
  }

  /** Returns this data set with another name. */
  public InMemoryDataset name(String other) {
    return new InMemoryDataset(other, samples, classes);
  }

  /** Returns this data set with the given class names, in the order of their ids. */
  public InMemoryDataset classes(List<String> names) {
    return new InMemoryDataset(name, samples, names);
  }

  /**
   * Returns the samples with the given indices, in that order.
   *
   * @throws DataException if an index is out of range
   */
  public InMemoryDataset select(int... indices) {
    return new InMemoryDataset(name, batch(indices), classes);
  }

  @Override
  public int size() {
    return samples.size();
  }

  @Override
  public Map<String, Shape> inputShapes() {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    samples.inputs().forEach((input, tensor) -> shapes.put(input, tensor.shape().sample()));
    return shapes;
  }

  @Override
  public Batch batch(int[] indices) {
    for (int index : indices) {
      if (index < 0 || index >= size()) {
        throw new DataException(
            "%s has no sample %d; it has %d samples".formatted(name, index, size()));
      }
    }
    return new Batch(rows(samples.inputs(), indices), rows(samples.labels(), indices));
  }

  /** Returns the SHA-256 of names, shapes, types and bytes, computed at each call. */
  @Override
  public String digest() {
    DigestBuilder sha = DigestBuilder.sha256();
    classes.forEach(one -> sha.add(one + "\n"));
    Batch all = samples;
    all.inputs().forEach((input, tensor) -> sha.add(input + tensor).add(tensor.bytes()));
    all.labels().forEach((label, tensor) -> sha.add(label + tensor).add(tensor.bytes()));
    return sha.build().text();
  }

  private static List<String> idsOf(Batch samples) {
    if (samples.labels().size() != 1) {
      return List.of();
    }
    Tensor label = samples.label();
    if (label.type() != DataType.INT64 || label.shape().rank() != 1) {
      return List.of();
    }
    int largest = (int) LongStream.of(label.toLongs()).max().orElse(-1);
    return IntStream.rangeClosed(0, largest).mapToObj(Integer::toString).toList();
  }

  private static Map<String, Tensor> rows(Map<String, Tensor> tensors, int[] indices) {
    Map<String, Tensor> result = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> result.put(name, rows(tensor, indices)));
    return result;
  }

  private static Tensor rows(Tensor all, int[] indices) {
    ByteBuffer bytes = all.bytes();
    int row = (int) (all.shape().sample().elements() * all.type().bytes());
    return Tensor.make(
        all.shape().with(0, indices.length),
        all.type(),
        target -> {
          for (int index : indices) {
            target.put(bytes.slice(index * row, row));
          }
        });
  }
}
