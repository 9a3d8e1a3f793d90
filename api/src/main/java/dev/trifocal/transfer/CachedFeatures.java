package dev.trifocal.transfer;

import dev.trifocal.data.Batch;
import dev.trifocal.data.Dataset;
import dev.trifocal.data.InMemoryDataset;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.shape.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A data set of which only the values at a node of a frozen network are left.
 *
 * @param source the data set that they were made of, whose name and digest these keep
 * @param features the values, with the labels of the same samples
 */
record CachedFeatures(Dataset source, InMemoryDataset features) implements Dataset {
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
    return features.inputShapes();
  }

  @Override
  public List<String> classes() {
    return source.classes();
  }

  @Override
  public Optional<Preprocessing> preprocessing() {
    return source.preprocessing();
  }

  @Override
  public Batch batch(int[] indices) {
    return features.batch(indices);
  }

  @Override
  public String digest() {
    return source.digest();
  }
}
