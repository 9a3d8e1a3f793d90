package dev.trifocal.datasets.segmentation;

import dev.trifocal.data.Batch;
import dev.trifocal.data.Dataset;
import dev.trifocal.datasets.augment.Augmentation;
import dev.trifocal.image.Image;
import dev.trifocal.image.ImagePreprocessor;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.random.RandomStream;
import dev.trifocal.shape.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/**
 * The augmented training images and masks of one epoch, each a pure function of (seed, epoch,
 * index). A mask moves as its image does; pixels that show nothing of the image are void.
 */
public final class AugmentedSegmentation implements Dataset {
  private final SegmentationDataset plain;
  private final SegmentationAugmentation augmented;
  private final ImagePreprocessor preprocessor;
  private final RandomStream stream;

  AugmentedSegmentation(
      SegmentationDataset plain,
      SegmentationAugmentation augmented,
      ImagePreprocessor preprocessor,
      long seed,
      int epoch) {
    this.plain = plain;
    this.augmented = augmented;
    this.preprocessor = preprocessor;
    this.stream = Augmentation.stream(seed, epoch);
  }

  @Override
  public String name() {
    return plain.name();
  }

  @Override
  public int size() {
    return plain.size();
  }

  @Override
  public Map<String, Shape> inputShapes() {
    return plain.inputShapes();
  }

  @Override
  public Optional<Preprocessing> preprocessing() {
    return plain.preprocessing();
  }

  @Override
  public List<String> classes() {
    return plain.classes();
  }

  @Override
  public boolean isSegmentation() {
    return true;
  }

  @Override
  public OptionalLong ignoreIndex() {
    return plain.ignoreIndex();
  }

  @Override
  public String digest() {
    return plain.digest();
  }

  /** Returns an image as augmented in this epoch, in the size of the network's input. */
  public Image image(int index) {
    plain.file(index);
    return augmented
        .augmentation()
        .apply(augmented.source().images().at(index), preprocessor, stream.at(index));
  }

  /** Returns the class ids of an image as augmented in this epoch, as a gray image. */
  public Image mask(int index) {
    plain.file(index);
    return augmented
        .augmentation()
        .applyToMask(
            augmented.source().masks().at(index), MaskSource.VOID, preprocessor, stream.at(index));
  }

  @Override
  public Batch batch(int[] indices) {
    return batch(indices, () -> false);
  }

  @Override
  public Batch batch(int[] indices, BooleanSupplier unwanted) {
    return plain.batch(indices, unwanted, this::image, this::mask);
  }
}
