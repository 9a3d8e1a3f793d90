package dev.trifocal.data;

import dev.trifocal.shape.Shape;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** A data set whose batches come when the reader says so, or never. */
record EndlessDataset(Dataset data, Function<BooleanSupplier, Batch> reader) implements Dataset {
  @Override
  public String name() {
    return data.name();
  }

  @Override
  public int size() {
    return data.size();
  }

  @Override
  public Map<String, Shape> inputShapes() {
    return data.inputShapes();
  }

  @Override
  public List<String> classes() {
    return data.classes();
  }

  @Override
  public Batch batch(int[] indices) {
    return data.batch(indices);
  }

  @Override
  public Batch batch(int[] indices, BooleanSupplier unwanted) {
    return reader.apply(unwanted);
  }

  @Override
  public String digest() {
    return data.digest();
  }
}
