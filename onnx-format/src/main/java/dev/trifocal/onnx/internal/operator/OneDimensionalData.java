package dev.trifocal.onnx.internal.operator;

import dev.trifocal.onnx.internal.operand.PendingNode;
import dev.trifocal.shape.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** Data with one axis besides the channels, taken as images of one row. */
final class OneDimensionalData {
  private OneDimensionalData() {}

  /** Data {@code [C, ...]} as {@code [C, H, W]}; vectors and images stay. */
  static PendingNode image(PendingNode piece) {
    Shape shape = piece.shape();
    if (shape.rank() < 2 || shape.rank() == 3) {
      return piece;
    }
    int channels = shape.size(0);
    int last = shape.size(shape.rank() - 1);
    int rows = WindowAttributes.number(shape.elements() / channels / last);
    return ReshapeOps.reshaped("", piece, List.of(channels, rows, last));
  }

  /** With the axes that it had. */
  static PendingNode reshaped(PendingNode piece, Shape shape) {
    return ReshapeOps.reshaped("", piece, shape.sizes());
  }

  /** {@code [C, 1, L]} as {@code [C, L]}. */
  static PendingNode line(PendingNode image) {
    return ReshapeOps.reshaped("", image, List.of(image.shape().size(0), image.shape().size(2)));
  }

  /** What attributes say of one axis, said of rows and columns. */
  static long[] wider(long[] given, long row) {
    return Arrays.stream(given).flatMap(value -> LongStream.of(row, value)).toArray();
  }
}
