package com.example;

import dev.trifocal.data.Batch;
import dev.trifocal.data.Dataset;
import dev.trifocal.datasets.digits.DigitsDataset;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * Is the digit in an image greater than a number? Each sample has two inputs: the image, float32
 * [1, 28, 28], and the number, one-hot float32 [10].
 *
 * <p>{@code size} and {@code batch} are the methods that every data set implements. {@code batch}
 * must return the same samples for the same indices every time.
 */
record DigitComparison(String name, DigitsDataset digits) implements Dataset {
  static final String IMAGE = "image";
  static final String NUMBER = "number";
  static final List<String> CLASSES = List.of("not greater", "greater");

  static DigitComparison of(String part, long seed, int size) {
    return new DigitComparison("comparison/" + part, new DigitsDataset(part, seed, size));
  }

  @Override
  public int size() {
    return digits.size();
  }

  @Override
  public List<String> classes() {
    return CLASSES;
  }

  @Override
  public Batch batch(int[] indices) {
    Batch images = digits.batch(indices);
    long[] shown = images.label().toLongs();
    float[] numbers = new float[10 * indices.length];
    long[] labels = new long[indices.length];
    for (int i = 0; i < indices.length; i++) {
      int number = number(indices[i]);
      numbers[10 * i + number] = 1;
      labels[i] = shown[i] > number ? 1 : 0;
    }
    return new Batch(
        Map.of(IMAGE, images.input(), NUMBER, Tensor.of(Shape.of(indices.length, 10), numbers)),
        Map.of(Batch.LABEL, Tensor.of(Shape.of(indices.length), labels)));
  }

  /** 0 to 8. */
  private static int number(int index) {
    return index % 9;
  }
}
