package dev.trifocal.transfer;

import dev.trifocal.data.Batch;
import dev.trifocal.data.Dataset;
import dev.trifocal.picture.Preprocessing;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * A data set of which only the values at a node of a frozen network are left.
 *
 * @param source the data set that they were made of, whose name and digest these keep
 * @param features float32 {@code [N, ...]}
 * @param labels of the same samples
 */
record CachedFeatures(Dataset source, Tensor features, Tensor labels) implements Dataset {
  @Override
  public String name() {
    return source.name();
  }

  @Override
  public int size() {
    return source.size();
  }

  @Override
  public Shape sampleShape() {
    return features.shape().sample();
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
    return new Batch(features.rows(indices), labels.rows(indices));
  }

  @Override
  public String digest() {
    return source.digest();
  }
}
