package dev.trifocal.onnx.operator;

import dev.trifocal.error.GraphException;
import dev.trifocal.layer.AvgPool2d;
import dev.trifocal.layer.GlobalAvgPool;
import dev.trifocal.layer.GlobalMaxPool;
import dev.trifocal.layer.Layer;
import dev.trifocal.layer.MaxPool2d;
import dev.trifocal.layer.Window;
import dev.trifocal.onnx.operand.Call;
import dev.trifocal.onnx.operand.Flow;
import dev.trifocal.onnx.operand.Operand;
import dev.trifocal.onnx.operand.Operator;
import dev.trifocal.onnx.operand.Piece;
import java.util.List;

/** Pools over images. */
interface Pools {
  static List<Operator> operators() {
    return List.of(
        Operator.of(
            "MaxPool",
            List.of(1, 8, 10, 11, 12, 22),
            "MaxPool2d",
            "Version 8 adds the output Indices, which is refused; 10 ceil_mode and dilations; 12"
                + " whole numbers, which are refused. Height and width only.",
            call -> Flow.of(call.piece(new MaxPool2d(window(call)), image(call)))),
        Operator.of(
            "AveragePool",
            List.of(1, 7, 10, 11, 19, 22),
            "AvgPool2d",
            "Version 7 adds count_include_pad, 10 ceil_mode, 19 dilations, which are refused.",
            call ->
                Flow.of(
                    call.piece(
                        new AvgPool2d(
                            window(call), call.node().integer("count_include_pad", 0) == 1),
                        image(call)))),
        Operator.of(
            "GlobalAveragePool",
            List.of(1, 22),
            "GlobalAvgPool",
            "Over height and width.",
            call -> global(call, new GlobalAvgPool())),
        Operator.of(
            "GlobalMaxPool",
            List.of(1, 22),
            "GlobalMaxPool",
            "Over height and width.",
            call -> global(call, new GlobalMaxPool())));
  }

  private static Operand global(Call call, Layer layer) {
    return Flow.of(call.piece(layer, image(call)));
  }

  private static Window window(Call call) {
    return new WindowReading(call.node())
        .window(call.node().integers("kernel_shape"), image(call).shape());
  }

  private static Piece image(Call call) {
    if (call.flow(0).rank() != 4) {
      throw new GraphException(
          "reads %d axes; Trifocal's pools are over height and width"
              .formatted(call.flow(0).rank()));
    }
    return call.piece(0);
  }
}
