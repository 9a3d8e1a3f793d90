package dev.trifocal.datasets.folder;

import dev.trifocal.data.Batch;
import dev.trifocal.data.Dataset;
import dev.trifocal.datasets.augment.Augmentation;
import dev.trifocal.datasets.augment.Mixup;
import dev.trifocal.image.Image;
import dev.trifocal.image.ImagePreprocessor;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.random.RandomStream;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The augmented training images of one epoch, each a pure function of (seed, epoch, index). */
final class AugmentedDataset implements Dataset {
  private final ImageDataset plain;
  private final ImagePreprocessor preprocessor;
  private final TrainingAugmentation augmented;
  private final RandomStream stream;

  AugmentedDataset(
      ImageDataset plain,
      ImagePreprocessor preprocessor,
      TrainingAugmentation augmented,
      long seed,
      int epoch) {
    this.plain = plain;
    this.preprocessor = preprocessor;
    this.augmented = augmented;
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
  public boolean isMultiLabel() {
    return plain.isMultiLabel();
  }

  @Override
  public String digest() {
    return plain.digest();
  }

  /** Returns a batch; labels are class ids or, with mixup, float32 class weights {@code [N, K]}. */
  @Override
  public Batch batch(int[] indices) {
    return batch(indices, () -> false);
  }

  @Override
  public Batch batch(int[] indices, BooleanSupplier unwanted) {
    return augmented
        .augmentation()
        .mixup()
        .map(mixup -> mixed(indices, mixup, unwanted))
        .orElseGet(
            () ->
                new ImageBatches(preprocessor, this::image, plain::labels)
                    .batch(indices, unwanted));
  }

  private Batch mixed(int[] indices, Mixup mixup, BooleanSupplier unwanted) {
    int count = classes().size();
    float[] labels = new float[indices.length * count];
    Tensor inputs =
        Tensor.floats(
            sampleShape().batch(indices.length),
            target -> {
              for (int i = 0; i < indices.length; i++) {
                ImageBatches.requireWanted(unwanted);
                int index = indices[i];
                Mixup.Pair pair = mixup.pair(size(), stream.at(index));
                float share = (float) pair.share();
                float[] own = values(index);
                float[] other = values(pair.other());
                for (int k = 0; k < own.length; k++) {
                  target.put(share * own[k] + (1 - share) * other[k]);
                }
                for (int id : plain.labels(index)) {
                  labels[i * count + id] += share;
                }
                for (int id : plain.labels(pair.other())) {
                  labels[i * count + id] += 1 - share;
                }
              }
            });
    return Batch.of(inputs, Tensor.of(Shape.of(indices.length, count), labels));
  }

  private float[] values(int index) {
    FloatBuffer values = FloatBuffer.allocate((int) sampleShape().elements());
    preprocessor.put(image(index), values);
    return values.array();
  }

  /** Returns a sample as augmented in this epoch, in the size of the network's input. */
  Image image(int index) {
    plain.labels(index);
    return augmented
        .augmentation()
        .apply(augmented.source().at(index), preprocessor, stream.at(index));
  }
}
