package dev.trifocal.datasets.memory;

import dev.trifocal.data.Batch;
import dev.trifocal.data.Dataset;
import dev.trifocal.datasets.augment.Augmentation;
import dev.trifocal.error.DataException;
import dev.trifocal.file.DigestBuilder;
import dev.trifocal.image.Image;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A named data set of samples and labels in memory. */
public final class TensorDataset implements Dataset {
  private final String name;
  private final Samples samples;
  private final Labels labels;
  private final int[] rows;
  private final Augmentation augmentation;

  private TensorDataset(
      String name, Samples samples, Labels labels, int[] rows, Augmentation augmentation) {
    this.name = name;
    this.samples = samples;
    this.labels = labels;
    this.rows = rows;
    this.augmentation = augmentation;
  }

  /**
   * Creates a data set of all samples.
   *
   * @throws DataException if the numbers of samples and labels differ
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
    return new TensorDataset(name, samples, labels, rows, Augmentation.NONE);
  }

  /** Returns the samples at {@code indices} as a data set with another name. */
  public TensorDataset select(String part, int[] indices) {
    return new TensorDataset(part, samples, labels, rows(indices), augmentation);
  }

  /**
   * Returns these samples as training data that is augmented anew in each epoch.
   *
   * @throws DataException if the samples are not gray images of bytes, or samples are to be mixed
   */
  public TensorDataset augmented(Augmentation other) {
    if (!other.isNone() && !samples.areGrayImages()) {
      throw new DataException(
          "%s cannot be augmented: it does not consist of gray images; set augment to none"
              .formatted(name));
    }
    if (other.mixup().isPresent()) {
      throw new DataException(
          "%s cannot be augmented with mixup, which needs a folder of images; remove it from augment"
              .formatted(name));
    }
    return new TensorDataset(name, samples, labels, rows, other);
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

  @Override
  public Dataset epoch(long seed, int epoch) {
    return augmentation.isNone()
        ? this
        : new AugmentedTensors(this, augmentation, Augmentation.stream(seed, epoch));
  }

  @Override
  public String augmentation() {
    return augmentation.words();
  }

  /** Returns a sample as an image, without augmentation. */
  Image image(int index) {
    return samples.image(rows(new int[] {index})[0]);
  }

  /** Returns the labels of samples. */
  Tensor labels(int[] indices) {
    return labels.rows(rows(indices));
  }

  /**
   * Returns the SHA-256 of shapes, types and bytes of samples and labels; computed at each call.
   */
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
