package dev.trifocal.onnx.importer;

import dev.trifocal.onnx.operand.Flow;
import dev.trifocal.onnx.operand.Operand;
import dev.trifocal.onnx.operand.Piece;
import dev.trifocal.onnx.operand.Shortcut;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** How many numbers the reading of a node has put into layers. */
interface Charge {
  static LongStream of(List<? extends Operand> results) {
    return results.stream()
        .flatMap(result -> result instanceof Flow flow ? Stream.of(flow.piece()) : Stream.of())
        .mapToLong(Charge::of);
  }

  private static long of(Piece piece) {
    long constants =
        piece.inputs().stream()
            .filter(input -> input.inputs().isEmpty())
            .mapToLong(Charge::own)
            .sum();
    return own(piece) + constants;
  }

  private static long own(Piece piece) {
    long scaled = piece.shortcut().orElse(null) instanceof Shortcut.Scaled s ? s.scale().length : 0;
    return scaled + piece.parameters().values().stream().mapToLong(t -> t.shape().elements()).sum();
  }
}
