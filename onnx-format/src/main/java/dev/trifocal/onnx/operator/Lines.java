package dev.trifocal.onnx.operator;

import dev.trifocal.onnx.operand.Piece;
import dev.trifocal.shape.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** Data with one axis besides the channels, taken as images of one row. */
interface Lines {
  /** Data {@code [C, ...]} as {@code [C, H, W]}; vectors and images stay. */
  static Piece image(Piece piece) {
    Shape shape = piece.shape();
    if (shape.rank() < 2 || shape.rank() == 3) {
      return piece;
    }
    int channels = shape.size(0);
    int last = shape.size(shape.rank() - 1);
    int rows = WindowReading.number(shape.elements() / channels / last);
    return Reshapes.reshaped("", piece, List.of(channels, rows, last));
  }

  /** With the axes that it had. */
  static Piece reshaped(Piece piece, Shape shape) {
    return Reshapes.reshaped("", piece, shape.sizes());
  }

  /** {@code [C, 1, L]} as {@code [C, L]}. */
  static Piece line(Piece image) {
    return Reshapes.reshaped("", image, List.of(image.shape().size(0), image.shape().size(2)));
  }

  /** What attributes say of one axis, said of rows and columns. */
  static long[] wider(long[] given, long row) {
    return Arrays.stream(given).flatMap(value -> LongStream.of(row, value)).toArray();
  }
}
