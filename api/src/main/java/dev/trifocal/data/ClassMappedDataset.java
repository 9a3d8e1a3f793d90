package dev.trifocal.data;

import dev.trifocal.error.DataException;
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
import java.util.stream.LongStream;

/**
 * A data set whose class ids are replaced by those of a model. Multi-label values are moved to the
 * places of the model's classes; classes that the data lacks get 0.
 *
 * @param source the data set with its own class ids
 */
public record ClassMappedDataset(Dataset source, ClassMapping mapping) implements Dataset {
  @Override
  public String name() {
    return source.name();
  }

  @Override
  public int size() {
    return source.size();
  }

  @Override
  public Map<String, Shape> inputShapes() {
    return source.inputShapes();
  }

  @Override
  public boolean isMultiLabel() {
    return source.isMultiLabel();
  }

  @Override
  public boolean isSegmentation() {
    return source.isSegmentation();
  }

  @Override
  public OptionalLong ignoreIndex() {
    return source.ignoreIndex();
  }

  @Override
  public List<String> classes() {
    return mapping.classes();
  }

  @Override
  public Optional<Preprocessing> preprocessing() {
    return source.preprocessing();
  }

  @Override
  public Dataset epoch(long seed, int epoch) {
    return new ClassMappedDataset(source.epoch(seed, epoch), mapping);
  }

  @Override
  public String augmentation() {
    return source.augmentation();
  }

  @Override
  public long[] classIds() {
    return mapped(source.classIds());
  }

  @Override
  public String digest() {
    return source.digest();
  }

  @Override
  public Batch batch(int[] indices) {
    return batch(indices, () -> false);
  }

  @Override
  public Batch batch(int[] indices, BooleanSupplier unwanted) {
    Batch batch = source.batch(indices, unwanted);
    Map<String, Tensor> labels = new LinkedHashMap<>(batch.labels());
    labels.replaceAll((name, label) -> mapped(label));
    return new Batch(batch.inputs(), labels);
  }

  private Tensor mapped(Tensor label) {
    if (isMultiLabel()) {
      return moved(label);
    }
    if (label.type() != DataType.INT64) {
      throw new DataException("%s has labels %s, which are not class ids".formatted(name(), label));
    }
    return Tensor.of(label.shape(), mapped(label.toLongs()));
  }

  /** Returns the values {@code [N, K]} of the model's classes. */
  private Tensor moved(Tensor label) {
    int given = mapping.ids().size();
    int count = mapping.classes().size();
    float[] from = label.toFloats();
    float[] to = new float[label.shape().size(0) * count];
    for (int i = 0; i < from.length; i++) {
      to[i / given * count + mapping.ids().get(i % given)] = from[i];
    }
    return Tensor.of(Shape.of(label.shape().size(0), count), to);
  }

  private long[] mapped(long[] ids) {
    OptionalLong ignored = ignoreIndex();
    return LongStream.of(ids)
        .map(
            id ->
                ignored.isPresent() && ignored.getAsLong() == id ? id : mapping.ids().get((int) id))
        .toArray();
  }
}
