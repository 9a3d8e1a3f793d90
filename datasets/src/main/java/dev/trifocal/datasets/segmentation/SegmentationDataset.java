package dev.trifocal.datasets.segmentation;

import dev.trifocal.data.Batch;
import dev.trifocal.data.ClassFrequencies;
import dev.trifocal.data.Dataset;
import dev.trifocal.datasets.folder.ImageBatches;
import dev.trifocal.error.DataException;
import dev.trifocal.file.DigestBuilder;
import dev.trifocal.file.FileFailure;
import dev.trifocal.image.Image;
import dev.trifocal.image.ImagePreprocessor;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Images of a folder with a class for each pixel: float32 {@code [C, H, W]}, and int64 class ids
 * {@code [H, W]}, {@link MaskSource#VOID} for pixels of no class.
 */
public final class SegmentationDataset implements Dataset {
  /**
   * What a split consists of, whatever its images are resized to.
   *
   * @param name the name for messages and provenance
   */
  record Content(String name, List<SegmentedImage> files, List<String> classes) {
    Content {
      files = List.copyOf(files);
      classes = List.copyOf(classes);
    }
  }

  private final Content content;
  private final ImagePreprocessor preprocessor;
  private final SegmentedStores fitted;
  private final SegmentationAugmentation augmented;

  SegmentationDataset(
      Content content,
      ImagePreprocessor preprocessor,
      SegmentedStores fitted,
      SegmentationAugmentation augmented) {
    this.content = content;
    this.preprocessor = preprocessor;
    this.fitted = fitted;
    this.augmented = augmented;
  }

  @Override
  public String name() {
    return content.name();
  }

  @Override
  public int size() {
    return content.files().size();
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
    return content.classes();
  }

  @Override
  public boolean isSegmentation() {
    return true;
  }

  @Override
  public OptionalLong ignoreIndex() {
    return OptionalLong.of(MaskSource.VOID);
  }

  /**
   * Returns the files of a sample.
   *
   * @throws DataException if the index is out of range
   */
  public SegmentedImage file(int index) {
    if (index < 0 || index >= size()) {
      throw new DataException(
          "%s has no sample %d; it has %d samples".formatted(name(), index, size()));
    }
    return content.files().get(index);
  }

  /** Returns the image of a sample in the size of the network's input, without augmentation. */
  public Image image(int index) {
    file(index);
    return fitted.images().at(index);
  }

  /** Returns the class ids of a sample as a gray image, without augmentation. */
  public Image mask(int index) {
    file(index);
    return fitted.masks().at(index);
  }

  /** Returns the samples of an epoch of training, with augmentation. */
  public AugmentedSegmentation augmented(long seed, int epoch) {
    return new AugmentedSegmentation(this, augmented, preprocessor, seed, epoch);
  }

  /** Counts the pixels of the classes without reading images. */
  @Override
  public ClassFrequencies classFrequencies() {
    ClassFrequencies.Counter counter = new ClassFrequencies.Counter(classes().size());
    for (int index = 0; index < size(); index++) {
      byte[] mask = mask(index).toBytes();
      counter.add(IntStream.range(0, mask.length).mapToLong(i -> mask[i] & 0xFF).toArray());
    }
    return counter.frequencies();
  }

  @Override
  public Batch batch(int[] indices) {
    return batch(indices, () -> false);
  }

  @Override
  public Batch batch(int[] indices, BooleanSupplier unwanted) {
    return batch(indices, unwanted, this::image, this::mask);
  }

  /** Returns a batch of these images and masks. */
  Batch batch(
      int[] indices,
      BooleanSupplier unwanted,
      IntFunction<Image> images,
      IntFunction<Image> masks) {
    return new ImageBatches(preprocessor, images, all -> labels(all, masks))
        .batch(indices, unwanted);
  }

  private Tensor labels(int[] indices, IntFunction<Image> masks) {
    int height = preprocessor.sample().size(1);
    int width = preprocessor.sample().size(2);
    long[] labels = new long[indices.length * height * width];
    int next = 0;
    for (int index : indices) {
      for (byte id : masks.apply(index).toBytes()) {
        labels[next++] = id & 0xFF;
      }
    }
    return Tensor.of(Shape.of(indices.length, height, width), labels);
  }

  @Override
  public Dataset epoch(long seed, int epoch) {
    return augmented.augmentation().isNone() ? this : augmented(seed, epoch);
  }

  @Override
  public String augmentation() {
    return augmented.augmentation().words();
  }

  /** Returns the SHA-256 of class names, images and masks; reads all files at each call. */
  @Override
  public String digest() {
    DigestBuilder sha = DigestBuilder.sha256();
    classes().forEach(each -> sha.add(each + "\n"));
    for (SegmentedImage each : content.files()) {
      Path file = each.image();
      try {
        byte[] bytes = Files.readAllBytes(file);
        sha.add("%s %s\n".formatted(file.getFileName(), bytes.length));
        sha.add(ByteBuffer.wrap(bytes));
      } catch (IOException e) {
        throw FileFailure.reading(file, e);
      }
      sha.add(ByteBuffer.wrap(each.mask().read().toBytes()));
    }
    return sha.build().text();
  }
}
