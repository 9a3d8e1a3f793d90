package dev.trifocal.datasets.folder;

import dev.trifocal.data.Batch;
import dev.trifocal.data.Dataset;
import dev.trifocal.picture.Picture;
import dev.trifocal.picture.Preparation;
import dev.trifocal.picture.Preprocessing;
import dev.trifocal.shape.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Pictures of a folder as samples: float32 {@code [C, H, W]}, labelled with the id of a class. */
public final class ImageDataset implements Dataset {
  private final Identity identity;
  private final Preparation preparation;
  private final PictureStore fitted;
  private final Augmented augmented;

  ImageDataset(
      Identity identity, Preparation preparation, PictureStore fitted, Augmented augmented) {
    this.identity = identity;
    this.preparation = preparation;
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
    return Map.of(Batch.INPUT, preparation.sample());
  }

  @Override
  public Optional<Preprocessing> preprocessing() {
    return Optional.of(preparation.preprocessing());
  }

  @Override
  public List<String> classes() {
    return identity.classes();
  }

  /** The file of a sample. */
  public Path file(int index) {
    return identity.file(index).file();
  }

  /** The id of a sample's class. */
  public int label(int index) {
    return identity.file(index).label();
  }

  @Override
  public long[] classIds() {
    return identity.files().stream().mapToLong(LabelledFile::label).toArray();
  }

  /** A sample in the size that the network reads, not augmented. */
  public Picture picture(int index) {
    identity.file(index);
    return fitted.at(index);
  }

  /** A sample as it is in an epoch of training, before it is mixed with another. */
  public Picture picture(int index, long seed, int epoch) {
    return new AugmentedEpoch(this, preparation, augmented, seed, epoch).picture(index);
  }

  @Override
  public Batch batch(int[] indices) {
    return batch(indices, () -> false);
  }

  @Override
  public Batch batch(int[] indices, BooleanSupplier unwanted) {
    return new Collation(preparation, this::picture, this::label).batch(indices, unwanted);
  }

  @Override
  public Dataset epoch(long seed, int epoch) {
    return augmented.augmentation().isNone()
        ? this
        : new AugmentedEpoch(this, preparation, augmented, seed, epoch);
  }

  @Override
  public String augmentation() {
    return augmented.augmentation().words();
  }

  /** SHA-256 of the names of classes and files, and of their content; read at each call. */
  @Override
  public String digest() {
    return identity.digest();
  }
}
