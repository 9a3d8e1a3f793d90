package dev.trifocal.datasets.folder;

import dev.trifocal.data.Batch;
import dev.trifocal.picture.Picture;
import dev.trifocal.picture.Preparation;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/**
 * Puts pictures and class ids together.
 *
 * @param pictures by index, in the size that the network reads
 * @param labels by index
 */
record Collation(Preparation preparation, IntFunction<Picture> pictures, IntUnaryOperator labels) {
  /**
   * @throws CancellationException before the next picture is read, if the batch is unwanted
   */
  Batch batch(int[] indices, BooleanSupplier unwanted) {
    Tensor inputs =
        Tensor.floats(
            preparation.sample().batch(indices.length),
            target -> {
              for (int index : indices) {
                requireWanted(unwanted);
                preparation.put(pictures.apply(index), target);
              }
            });
    long[] ids = new long[indices.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = labels.applyAsInt(indices[i]);
    }
    return Batch.of(inputs, Tensor.of(Shape.of(ids.length), ids));
  }

  static void requireWanted(BooleanSupplier unwanted) {
    if (unwanted.getAsBoolean()) {
      throw new CancellationException("nobody waits for this batch any more");
    }
  }
}
