package dev.trifocal.datasets.memory;

import dev.trifocal.data.Batch;
import dev.trifocal.data.Dataset;
import dev.trifocal.error.DataException;
import dev.trifocal.file.DigestBuilder;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Some rows of samples and labels in memory, under a name. */
public final class TensorDataset implements Dataset {
  private final String name;
  private final Samples samples;
  private final Labels labels;
  private final int[] rows;

  private TensorDataset(String name, Samples samples, Labels labels, int[] rows) {
    this.name = name;
    this.samples = samples;
    this.labels = labels;
    this.rows = rows;
  }

  /**
   * All rows of {@code samples}.
   *
   * @throws DataException if there are not as many labels as samples
   */
  public static TensorDataset of(String name, Samples samples, Labels labels) {
    if (samples.size() != labels.size()) {
      throw new DataException(
          "%s has %d samples, but %d labels".formatted(name, samples.size(), labels.size()));
    }
    int[] rows = new int[samples.size()];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = i;
    }
    return new TensorDataset(name, samples, labels, rows);
  }

  /** The samples at {@code indices} of this data set, under a name of their own. */
  public TensorDataset select(String part, int[] indices) {
    return new TensorDataset(part, samples, labels, rows(indices));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int size() {
    return rows.length;
  }

  @Override
  public Map<String, Shape> inputShapes() {
    return Map.of(Batch.INPUT, samples.sampleShape());
  }

  @Override
  public Optional<Preprocessing> preprocessing() {
    return samples.preprocessing();
  }

  @Override
  public List<String> classes() {
    return labels.classes();
  }

  @Override
  public Batch batch(int[] indices) {
    int[] chosen = rows(indices);
    Tensor inputs = samples.rows(chosen);
    return Batch.of(inputs, labels.rows(chosen));
  }

  /** SHA-256 of shapes, types and the bytes of samples and labels; computed at each call. */
  @Override
  public String digest() {
    DigestBuilder sha = DigestBuilder.sha256();
    samples.digest(sha, rows);
    labels.digest(sha, rows);
    return sha.build().text();
  }

  private int[] rows(int[] indices) {
    int[] result = new int[indices.length];
    for (int i = 0; i < indices.length; i++) {
      if (indices[i] < 0 || indices[i] >= rows.length) {
        throw new DataException(
            "%s has no sample %d; it has %d samples".formatted(name, indices[i], rows.length));
      }
      result[i] = rows[indices[i]];
    }
    return result;
  }
}
