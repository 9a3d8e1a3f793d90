package dev.trifocal.data;

import dev.trifocal.shape.Shape;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Another data set with something wrong in it.
 *
 * @param spoil from the indices and the good batch to what is handed out
 */
public record CorruptDataset(Dataset good, BiFunction<int[], Batch, Batch> spoil)
    implements Dataset {
  @Override
  public String name() {
    return good.name();
  }

  @Override
  public int size() {
    return good.size();
  }

  @Override
  public Map<String, Shape> inputShapes() {
    return good.inputShapes();
  }

  @Override
  public List<String> classes() {
    return good.classes();
  }

  @Override
  public Batch batch(int[] indices) {
    return spoil.apply(indices, good.batch(indices));
  }

  @Override
  public String digest() {
    return good.digest();
  }
}
