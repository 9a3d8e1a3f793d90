package dev.trifocal.datasets.folder;

import dev.trifocal.data.Batch;
import dev.trifocal.image.Image;
import dev.trifocal.image.ImagePreprocessor;
import dev.trifocal.tensor.Tensor;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * Collates images and labels into batches.
 *
 * @param images the images by index, in the size of the network's input
 * @param labels the labels of the samples with these indices
 */
public record ImageBatches(
    ImagePreprocessor preprocessor, IntFunction<Image> images, Function<int[], Tensor> labels) {
  /**
   * Returns a batch.
   *
   * @param indices the indices of the samples
   * @param unwanted whether the batch has been cancelled; checked before each image
   * @throws CancellationException if the batch has been cancelled
   */
  public Batch batch(int[] indices, BooleanSupplier unwanted) {
    Tensor inputs =
        Tensor.floats(
            preprocessor.sample().batch(indices.length),
            target -> {
              for (int index : indices) {
                requireWanted(unwanted);
                preprocessor.put(images.apply(index), target);
              }
            });
    return Batch.of(inputs, labels.apply(indices));
  }

  static void requireWanted(BooleanSupplier unwanted) {
    if (unwanted.getAsBoolean()) {
      throw new CancellationException("the batch was cancelled");
    }
  }
}
