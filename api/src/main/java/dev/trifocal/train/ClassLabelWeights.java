package dev.trifocal.train;

import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;

/**
 * The weight of each label in a mean over labels.
 *
 * @param labels the encoding with the class weights and the ignored id
 */
record ClassLabelWeights(ClassLabels labels) implements LabelEncoding {
  @Override
  public String name() {
    return "weights";
  }

  /** Returns {@code [1, ...]}: the output's shape with one class. */
  @Override
  public Shape shape(Shape output) {
    return labels.shape(output).with(0, 1);
  }

  @Override
  public Tensor encode(Shape output, Tensor given) {
    Shape shape = shape(output.sample()).batch(output.size(0));
    boolean ids = labels.areIds(output, given);
    long[] values = ids ? given.toLongs() : new long[0];
    return Tensor.floats(
        shape,
        buffer -> {
          for (int i = 0; i < buffer.capacity(); i++) {
            buffer.put(i, ids ? ofId(values[i], i, output.size(1)) : 1);
          }
        });
  }

  private float ofId(long id, int index, int classes) {
    return labels.ignores(id)
        ? 0
        : (float) labels.weight(ClassLabels.requireId(id, index, classes));
  }
}
