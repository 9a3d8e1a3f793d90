package dev.trifocal.onnx.internal.operator;

import dev.trifocal.error.GraphException;
import dev.trifocal.layer.AvgPool2d;
import dev.trifocal.layer.GlobalAvgPool;
import dev.trifocal.layer.GlobalMaxPool;
import dev.trifocal.layer.Layer;
import dev.trifocal.layer.MaxPool2d;
import dev.trifocal.layer.Padding;
import dev.trifocal.layer.Reduce;
import dev.trifocal.layer.Rounding;
import dev.trifocal.layer.Size2d;
import dev.trifocal.layer.Window;
import dev.trifocal.onnx.internal.operand.DataValue;
import dev.trifocal.onnx.internal.operand.LayerFusion;
import dev.trifocal.onnx.internal.operand.NodeCall;
import dev.trifocal.onnx.internal.operand.Operand;
import dev.trifocal.onnx.internal.operand.Operator;
import dev.trifocal.onnx.internal.operand.PendingNode;
import java.util.List;
import java.util.stream.IntStream;

/** Pools over images. */
final class PoolOps {
  private PoolOps() {}

  static List<Operator> operators() {
    return List.of(
        Operator.of(
            "MaxPool",
            List.of(1, 8, 10, 11, 12, 22),
            "MaxPool2d",
            "Version 8 adds the output Indices (not supported), 10 ceil_mode and dilations, 12 integer"
                + " types (not supported). One or two spatial axes.",
            call -> pooled(call, new MaxPool2d(window(call)))),
        Operator.of(
            "AveragePool",
            List.of(1, 7, 10, 11, 19, 22),
            "AvgPool2d; a preceding zero Pad is merged into it as padding that counts",
            "Version 7 adds count_include_pad, 10 ceil_mode, 19 dilations (not supported). One or two"
                + " spatial axes.",
            PoolOps::average),
        Operator.of(
            "GlobalAveragePool",
            List.of(1, 22),
            "GlobalAvgPool",
            "Reduce unless there are two spatial axes.",
            call -> global(call, new GlobalAvgPool(), Reduce.Reduction.MEAN)),
        Operator.of(
            "GlobalMaxPool",
            List.of(1, 22),
            "GlobalMaxPool",
            "Reduce unless there are two spatial axes.",
            call -> global(call, new GlobalMaxPool(), Reduce.Reduction.MAX)));
  }

  private static Operand global(NodeCall call, Layer image, Reduce.Reduction other) {
    PendingNode x = call.piece(0);
    int rank = x.shape().rank();
    if (rank < 2) {
      throw new GraphException("cannot pool samples of " + x.shape());
    }
    return DataValue.of(
        call.piece(
            rank == 3 ? image : new Reduce(other, IntStream.range(1, rank).boxed().toList()), x));
  }

  private static Operand pooled(NodeCall call, Layer pool) {
    PendingNode piece = call.piece(pool, image(call));
    return DataValue.of(call.data(0).rank() == 3 ? OneDimensionalData.line(piece) : piece);
  }

  private static Operand average(NodeCall call) {
    PendingNode image = image(call);
    Window window = window(call);
    boolean counted = call.node().integer("count_include_pad", 0) == 1;
    return image.shortcut().orElse(null) instanceof LayerFusion.Padded zeros
            && window.padding().equals(Padding.NONE)
            && holds(window, zeros.padding())
        ? DataValue.of(
            call.piece(new AvgPool2d(window.padding(zeros.padding()), true), zeros.bare()))
        : pooled(call, new AvgPool2d(window, counted));
  }

  /** Returns whether the pool with its own padding has the same windows as on a padded image. */
  private static boolean holds(Window window, Padding padding) {
    Size2d kernel = window.kernel();
    boolean smaller =
        Math.max(padding.top(), padding.bottom()) < kernel.height()
            && Math.max(padding.left(), padding.right()) < kernel.width();
    boolean beginsInside =
        window.rounding() == Rounding.FLOOR
            || padding.bottom() + window.stride().height() <= kernel.height()
                && padding.right() + window.stride().width() <= kernel.width();
    return smaller && beginsInside;
  }

  private static Window window(NodeCall call) {
    long[] kernel = call.node().integers("kernel_shape");
    if (kernel.length != call.data(0).rank() - 2) {
      throw new GraphException(
          "kernel of %d axes does not match samples of %s"
              .formatted(kernel.length, call.data(0).shape()));
    }
    Window window = new WindowAttributes(call.node()).window(kernel, image(call).shape());
    boolean same = call.node().text("auto_pad", "").startsWith("SAME");
    if (same && !window.dilation().equals(Size2d.square(1))) {
      throw new GraphException("has auto_pad and dilations, on which runtimes disagree");
    }
    return window;
  }

  private static PendingNode image(NodeCall call) {
    int rank = call.data(0).rank();
    if (rank != 4 && rank != 3) {
      throw new GraphException(
          "has %d axes; Trifocal's pools are over height and width".formatted(rank));
    }
    return OneDimensionalData.image(call.piece(0));
  }
}
