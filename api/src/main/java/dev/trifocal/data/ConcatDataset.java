package dev.trifocal.data;

import dev.trifocal.error.DataException;
import dev.trifocal.file.DigestBuilder;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.random.RandomStream;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * A concatenation of data sets with the same inputs and classes, as in PyTorch's {@code
 * ConcatDataset}.
 *
 * @param parts the data sets, at least one
 */
public record ConcatDataset(String name, List<Dataset> parts) implements Dataset {
  /**
   * @throws DataException if there are no parts, or they differ in their inputs or classes
   */
  public ConcatDataset {
    parts = List.copyOf(parts);
    if (parts.isEmpty()) {
      throw new DataException(name + " concatenates no data sets");
    }
    Dataset first = parts.get(0);
    for (Dataset part : parts) {
      if (!part.inputShapes().equals(first.inputShapes())
          || !part.classes().equals(first.classes())
          || part.isMultiLabel() != first.isMultiLabel()
          || part.isSegmentation() != first.isSegmentation()
          || !part.ignoreIndex().equals(first.ignoreIndex())) {
        throw new DataException(
            "%s and %s cannot be concatenated: their inputs or classes differ"
                .formatted(first.name(), part.name()));
      }
    }
  }

  /** The position of a sample in one of the data sets. */
  public record Place(Dataset part, int index) {}

  /**
   * Returns the position of a sample.
   *
   * @throws DataException if there is no such sample
   */
  public Place place(int index) {
    int rest = index;
    for (Dataset part : parts) {
      if (rest >= 0 && rest < part.size()) {
        return new Place(part, rest);
      }
      rest -= part.size();
    }
    throw new DataException(
        "%s has no sample %d; it has %d samples".formatted(name, index, size()));
  }

  @Override
  public int size() {
    return parts.stream().mapToInt(Dataset::size).sum();
  }

  @Override
  public Map<String, Shape> inputShapes() {
    return parts.get(0).inputShapes();
  }

  @Override
  public List<String> classes() {
    return parts.get(0).classes();
  }

  @Override
  public boolean isMultiLabel() {
    return parts.get(0).isMultiLabel();
  }

  @Override
  public boolean isSegmentation() {
    return parts.get(0).isSegmentation();
  }

  @Override
  public OptionalLong ignoreIndex() {
    return parts.get(0).ignoreIndex();
  }

  @Override
  public Optional<Preprocessing> preprocessing() {
    return parts.get(0).preprocessing();
  }

  /** Returns the parts for one training epoch; each has its own random numbers. */
  @Override
  public Dataset epoch(long seed, int epoch) {
    RandomStream seeds = RandomStream.of(seed).at("concat");
    return new ConcatDataset(
        name,
        IntStream.range(0, parts.size())
            .mapToObj(part -> parts.get(part).epoch(seeds.bits(part), epoch))
            .toList());
  }

  @Override
  public String augmentation() {
    return parts.stream().map(Dataset::augmentation).distinct().collect(Collectors.joining("; "));
  }

  @Override
  public long[] classIds() {
    return parts.stream().flatMapToLong(part -> LongStream.of(part.classIds())).toArray();
  }

  @Override
  public String digest() {
    DigestBuilder sha = DigestBuilder.sha256();
    parts.forEach(part -> sha.add(part.digest() + "\n"));
    return sha.build().text();
  }

  @Override
  public Batch batch(int[] indices) {
    return batch(indices, () -> false);
  }

  @Override
  public Batch batch(int[] indices, BooleanSupplier unwanted) {
    List<Batch> batches = new ArrayList<>();
    int from = 0;
    while (from < indices.length) {
      Dataset part = place(indices[from]).part();
      int to = from + 1;
      while (to < indices.length && place(indices[to]).part() == part) {
        to++;
      }
      int[] own = IntStream.range(from, to).map(i -> place(indices[i]).index()).toArray();
      batches.add(part.batch(own, unwanted));
      from = to;
    }
    return new Batch(joined(batches, Batch::inputs), joined(batches, Batch::labels));
  }

  private static Map<String, Tensor> joined(
      List<Batch> batches, Function<Batch, Map<String, Tensor>> tensors) {
    Map<String, Tensor> result = new LinkedHashMap<>();
    for (String key : tensors.apply(batches.get(0)).keySet()) {
      result.put(
          key, Tensor.concat(0, batches.stream().map(b -> tensors.apply(b).get(key)).toList()));
    }
    return result;
  }
}
