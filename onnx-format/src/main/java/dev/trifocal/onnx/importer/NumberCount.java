package dev.trifocal.onnx.importer;

import dev.trifocal.onnx.internal.operand.DataValue;
import dev.trifocal.onnx.internal.operand.LayerFusion;
import dev.trifocal.onnx.internal.operand.Operand;
import dev.trifocal.onnx.internal.operand.PendingNode;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Counts the numbers that reading a node adds to layers. */
final class NumberCount {
  private NumberCount() {}

  static LongStream of(List<? extends Operand> results) {
    return results.stream()
        .flatMap(result -> result instanceof DataValue flow ? Stream.of(flow.piece()) : Stream.of())
        .mapToLong(NumberCount::of);
  }

  private static long of(PendingNode piece) {
    long constants =
        piece.inputs().stream()
            .filter(input -> input.inputs().isEmpty())
            .mapToLong(NumberCount::own)
            .sum();
    return own(piece) + constants;
  }

  private static long own(PendingNode piece) {
    long scaled =
        piece.shortcut().orElse(null) instanceof LayerFusion.Scaled s ? s.scale().length : 0;
    return scaled + piece.parameters().values().stream().mapToLong(t -> t.shape().elements()).sum();
  }
}
