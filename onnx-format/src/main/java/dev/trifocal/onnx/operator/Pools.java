package dev.trifocal.onnx.operator;

import dev.trifocal.error.GraphException;
import dev.trifocal.layer.AvgPool2d;
import dev.trifocal.layer.GlobalAvgPool;
import dev.trifocal.layer.GlobalMaxPool;
import dev.trifocal.layer.Layer;
import dev.trifocal.layer.MaxPool2d;
import dev.trifocal.layer.Reduce;
import dev.trifocal.layer.Window;
import dev.trifocal.onnx.operand.Call;
import dev.trifocal.onnx.operand.Flow;
import dev.trifocal.onnx.operand.Operand;
import dev.trifocal.onnx.operand.Operator;
import dev.trifocal.onnx.operand.Piece;
import java.util.List;
import java.util.stream.IntStream;

/** Pools over images. */
interface Pools {
  static List<Operator> operators() {
    return List.of(
        Operator.of(
            "MaxPool",
            List.of(1, 8, 10, 11, 12, 22),
            "MaxPool2d",
            "Version 8 adds the output Indices, which is refused; 10 ceil_mode and dilations; 12"
                + " whole numbers, which are refused. Height and width, or one axis.",
            call -> pooled(call, new MaxPool2d(window(call)))),
        Operator.of(
            "AveragePool",
            List.of(1, 7, 10, 11, 19, 22),
            "AvgPool2d",
            "Version 7 adds count_include_pad, 10 ceil_mode, 19 dilations, which are refused. Height"
                + " and width, or one axis.",
            call -> pooled(call, new AvgPool2d(window(call), includesPad(call)))),
        Operator.of(
            "GlobalAveragePool",
            List.of(1, 22),
            "GlobalAvgPool",
            "Over other than two axes Reduce.",
            call -> global(call, new GlobalAvgPool(), Reduce.Reduction.MEAN)),
        Operator.of(
            "GlobalMaxPool",
            List.of(1, 22),
            "GlobalMaxPool",
            "Over other than two axes Reduce.",
            call -> global(call, new GlobalMaxPool(), Reduce.Reduction.MAX)));
  }

  private static Operand global(Call call, Layer image, Reduce.Reduction other) {
    Piece x = call.piece(0);
    int rank = x.shape().rank();
    if (rank < 2) {
      throw new GraphException("pools " + x.shape());
    }
    return Flow.of(
        call.piece(
            rank == 3 ? image : new Reduce(other, IntStream.range(1, rank).boxed().toList()), x));
  }

  private static Operand pooled(Call call, Layer pool) {
    Piece piece = call.piece(pool, image(call));
    return Flow.of(call.flow(0).rank() == 3 ? Lines.line(piece) : piece);
  }

  private static boolean includesPad(Call call) {
    return call.node().integer("count_include_pad", 0) == 1;
  }

  private static Window window(Call call) {
    long[] kernel = call.node().integers("kernel_shape");
    if (kernel.length != call.flow(0).rank() - 2) {
      throw new GraphException(
          "has a kernel of %d axes for %s".formatted(kernel.length, call.flow(0).shape()));
    }
    return new WindowReading(call.node()).window(kernel, image(call).shape());
  }

  private static Piece image(Call call) {
    int rank = call.flow(0).rank();
    if (rank != 4 && rank != 3) {
      throw new GraphException(
          "reads %d axes; Trifocal's pools are over height and width".formatted(rank));
    }
    return Lines.image(call.piece(0));
  }
}
