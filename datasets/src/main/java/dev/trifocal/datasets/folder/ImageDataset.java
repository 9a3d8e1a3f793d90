package dev.trifocal.datasets.folder;

import dev.trifocal.data.Batch;
import dev.trifocal.data.Dataset;
import dev.trifocal.error.DataException;
import dev.trifocal.image.Image;
import dev.trifocal.image.ImagePreprocessor;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Images of a folder as samples, float32 {@code [C, H, W]}. Labels are int64 class ids; with {@link
 * Labelling#MULTI_LABEL} they are float32, 1 for each class of the image and 0 for the others.
 */
public final class ImageDataset implements Dataset {
  private final ImageSetIdentity identity;
  private final ImagePreprocessor preprocessor;
  private final ImageStore fitted;
  private final TrainingAugmentation augmented;

  ImageDataset(
      ImageSetIdentity identity,
      ImagePreprocessor preprocessor,
      ImageStore fitted,
      TrainingAugmentation augmented) {
    this.identity = identity;
    this.preprocessor = preprocessor;
    this.fitted = fitted;
    this.augmented = augmented;
  }

  @Override
  public String name() {
    return identity.name();
  }

  @Override
  public int size() {
    return identity.files().size();
  }

  @Override
  public Map<String, Shape> inputShapes() {
    return Map.of(Batch.INPUT, preprocessor.sample());
  }

  @Override
  public Optional<Preprocessing> preprocessing() {
    return Optional.of(preprocessor.preprocessing());
  }

  @Override
  public List<String> classes() {
    return identity.classes();
  }

  /** Returns the file of a sample. */
  public Path file(int index) {
    return identity.file(index).file();
  }

  /** Returns the class ids of a sample in ascending order. */
  public List<Integer> labels(int index) {
    return identity.file(index).labels();
  }

  @Override
  public boolean isMultiLabel() {
    return identity.labelling() == Labelling.MULTI_LABEL;
  }

  @Override
  public long[] classIds() {
    if (isMultiLabel()) {
      throw new DataException(
          name() + " has images with any number of classes, and so no single class id of each");
    }
    return identity.files().stream().mapToLong(LabelledFile::label).toArray();
  }

  /** Returns the labels of samples: int64 {@code [N]}, or float32 {@code [N, K]}. */
  Tensor labels(int[] indices) {
    return identity.labels(indices);
  }

  /** Returns a sample in the size of the network's input, without augmentation. */
  public Image image(int index) {
    identity.file(index);
    return fitted.at(index);
  }

  /** Returns a sample as augmented in an epoch of training, before mixup. */
  public Image image(int index, long seed, int epoch) {
    return new AugmentedDataset(this, preprocessor, augmented, seed, epoch).image(index);
  }

  @Override
  public Batch batch(int[] indices) {
    return batch(indices, () -> false);
  }

  @Override
  public Batch batch(int[] indices, BooleanSupplier unwanted) {
    return new ImageBatches(preprocessor, this::image, this::labels).batch(indices, unwanted);
  }

  @Override
  public Dataset epoch(long seed, int epoch) {
    return augmented.augmentation().isNone()
        ? this
        : new AugmentedDataset(this, preprocessor, augmented, seed, epoch);
  }

  @Override
  public String augmentation() {
    return augmented.augmentation().words();
  }

  /** Returns the SHA-256 of class names, file names and contents; reads all files at each call. */
  @Override
  public String digest() {
    return identity.digest();
  }
}
