package dev.trifocal.backend.onnx;

import dev.trifocal.onnx.OnnxGraphBuilder;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.util.function.IntBinaryOperator;
import java.util.stream.IntStream;

/** Constant indices for {@code Gather}. */
final class IndexTable {
  private IndexTable() {}

  /**
   * Returns a constant {@code [rows, columns]}.
   *
   * @param entry function from row and column to the index
   */
  static String of(OnnxGraphBuilder onnx, int rows, int columns, IntBinaryOperator entry) {
    long[] entries =
        IntStream.range(0, rows * columns)
            .mapToLong(i -> entry.applyAsInt(i / columns, i % columns))
            .toArray();
    return onnx.constant(Tensor.of(Shape.of(rows, columns), entries));
  }
}
