package dev.trifocal.onnx.internal.operator;

import dev.trifocal.onnx.internal.operand.PendingNode;
import dev.trifocal.shape.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** Converts data with one axis after the channels to images of one row and back. */
final class OneDimensionalData {
  private OneDimensionalData() {}

  /** Reshapes {@code [C, ...]} to {@code [C, H, W]}; vectors and images are unchanged. */
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

  /** Restores the shape of the original data. */
  static PendingNode reshaped(PendingNode piece, Shape shape) {
    return ReshapeOps.reshaped("", piece, shape.sizes());
  }

  /** Reshapes {@code [C, 1, L]} to {@code [C, L]}. */
  static PendingNode line(PendingNode image) {
    return ReshapeOps.reshaped("", image, List.of(image.shape().size(0), image.shape().size(2)));
  }

  /** Extends an attribute of one axis to rows and columns. */
  static long[] wider(long[] given, long row) {
    return Arrays.stream(given).flatMap(value -> LongStream.of(row, value)).toArray();
  }
}
