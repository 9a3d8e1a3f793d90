package dev.trifocal.onnx.internal.operator;

import dev.trifocal.error.GraphException;
import dev.trifocal.layer.Layer;
import dev.trifocal.layer.Pad2d;
import dev.trifocal.layer.Padding;
import dev.trifocal.layer.Reshape;
import dev.trifocal.layer.Transpose;
import dev.trifocal.onnx.internal.operand.DataValue;
import dev.trifocal.onnx.internal.operand.LayerFusion;
import dev.trifocal.onnx.internal.operand.NodeCall;
import dev.trifocal.onnx.internal.operand.Operand;
import dev.trifocal.onnx.internal.operand.Operator;
import dev.trifocal.onnx.internal.operand.PendingNode;
import dev.trifocal.shape.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Operators that permute or pad data. */
final class TransposePadOps {
  private TransposePadOps() {}

  static List<Operator> operators() {
    return List.of(
        Operator.of(
            "Transpose",
            List.of(1, 13, 21, 23),
            "nothing if later nodes do not need it; otherwise Transpose",
            "The batch must remain the first axis.",
            TransposePadOps::transpose),
        Operator.of(
            "Pad",
            List.of(1, 2, 11, 13, 18, 19, 21, 23),
            "Pad2d; merged into a following convolution if possible. Channels and other axes become rows of an"
                + " image between two Reshapes",
            "Pads are an attribute before version 11 and an input since; 18 adds axes, 19 the mode wrap (not"
                + " supported). Negative pads and pads of the batch axis are not supported.",
            TransposePadOps::pad),
        Operator.of(
            "DepthToSpace",
            List.of(1, 11, 13),
            "Reshape, Transpose, Reshape",
            "Version 11 adds the mode CRD, PyTorch's pixel shuffle.",
            TransposePadOps::depthToSpace),
        Operator.of(
            "SpaceToDepth",
            List.of(1, 13),
            "Reshape, Transpose, Reshape",
            "",
            TransposePadOps::spaceToDepth));
  }

  private static Operand transpose(NodeCall call) {
    DataValue x = call.data(0);
    long[] reversed = IntStream.range(0, x.rank()).mapToLong(i -> x.rank() - 1 - i).toArray();
    long[] perm = call.node().integers("perm", reversed);
    if (perm.length != x.rank() || Arrays.stream(perm).distinct().count() != perm.length) {
      throw new GraphException(
          "perm %s does not match %d axes".formatted(Arrays.toString(perm), x.rank()));
    }
    if (perm[0] != 0) {
      throw new GraphException("moves the batch axis from the front");
    }
    return x.permuted(
        call.path(),
        Arrays.stream(perm).skip(1).mapToObj(axis -> NodeCall.sampleAxis(axis, x)).toList());
  }

  private static Operand pad(NodeCall call) {
    DataValue seen = call.data(0);
    DataValue x = padsChannels(pads(call, seen)) ? DataValue.of(seen.settled()) : seen;
    Pad2d.Mode mode = mode(call.node().text("mode", "constant"));
    double value = call.node().real("value", 0);
    if (call.opset() >= 11) {
      value = call.has(2) ? ActivationOps.decimal(call.numbers(2).single()) : 0;
    }
    long[][] pads = pads(call, x);
    Pad2d layer = new Pad2d(Padding.NONE, mode, mode == Pad2d.Mode.CONSTANT ? value : 0);
    int rank = pads.length;
    if (rank == 3 && pads[0][0] == 0 && pads[0][1] == 0) {
      Padding padding = WindowAttributes.padding(pads[1][0], pads[2][0], pads[1][1], pads[2][1]);
      PendingNode piece = call.piece(new Pad2d(padding, layer.mode(), layer.value()), x.piece());
      boolean zeros = mode == Pad2d.Mode.CONSTANT && value == 0;
      return x.with(zeros ? piece.with(new LayerFusion.Padded(x.piece(), padding)) : piece);
    }
    PendingNode result = x.piece();
    for (int axis = 0; axis < rank; axis++) {
      if (pads[axis][0] != 0 || pads[axis][1] != 0) {
        result = padded(result, axis, layer, pads[axis]);
      }
    }
    return x.with(result);
  }

  /** Pads one axis of any data, as the rows of an image. */
  private static PendingNode padded(PendingNode x, int axis, Pad2d layer, long[] pads) {
    List<Integer> sizes = new ArrayList<>(x.shape().sizes());
    int size = sizes.get(axis);
    int before = WindowAttributes.number(new Shape(sizes.subList(0, axis)).elements());
    int after = WindowAttributes.number(x.shape().elements() / before / size);
    PendingNode image = ReshapeOps.reshaped("", x, List.of(before, size, after));
    Padding padding = WindowAttributes.padding(pads[0], 0, pads[1], 0);
    PendingNode piece =
        new PendingNode(
            "", new Pad2d(padding, layer.mode(), layer.value()), Map.of(), List.of(image));
    sizes.set(axis, piece.shape().size(1));
    return ReshapeOps.reshaped("", piece, sizes);
  }

  private static boolean padsChannels(long[][] pads) {
    return pads.length > 0 && (pads[0][0] != 0 || pads[0][1] != 0);
  }

  /** Returns the pads before and after each axis of the piece. */
  private static long[][] pads(NodeCall call, DataValue x) {
    long[] given =
        call.opset() >= 11
            ? call.numbers(1).longs()
            : call.node().integers("pads", call.node().integers("paddings"));
    long[] axes =
        call.has(3)
            ? call.numbers(3).longs()
            : IntStream.range(0, x.rank()).asLongStream().toArray();
    if (given.length != 2 * axes.length) {
      throw new GraphException("has %d pads for %d axes".formatted(given.length, axes.length));
    }
    long[][] result = new long[x.order().size()][2];
    for (int i = 0; i < axes.length; i++) {
      int axis = NodeCall.axis(axes[i], x.rank());
      long[] both = {given[i], given[i + axes.length]};
      if (axis > 0) {
        result[x.order().get(axis - 1)] = both;
      } else if (both[0] != 0 || both[1] != 0) {
        throw new GraphException("pads the batch axis");
      }
    }
    return result;
  }

  private static Pad2d.Mode mode(String name) {
    return switch (name) {
      case "constant" -> Pad2d.Mode.CONSTANT;
      case "reflect" -> Pad2d.Mode.REFLECT;
      case "edge" -> Pad2d.Mode.EDGE;
      default -> throw new GraphException("mode %s is not supported".formatted(name));
    };
  }

  private static Operand depthToSpace(NodeCall call) {
    PendingNode x = call.piece(0);
    int block = block(call, x);
    long square = (long) block * block;
    if (x.shape().size(0) % square != 0) {
      throw mismatch(block, x);
    }
    int channels = (int) (x.shape().size(0) / square);
    int height = x.shape().size(1);
    int width = x.shape().size(2);
    boolean columnFirst = call.node().text("mode", "DCR").equals("CRD");
    Shape split =
        columnFirst
            ? Shape.of(channels, block, block, height, width)
            : Shape.of(block, block, channels, height, width);
    List<Integer> order = columnFirst ? List.of(0, 3, 1, 4, 2) : List.of(2, 3, 0, 4, 1);
    return DataValue.of(
        shuffled(call, x, split, order, Shape.of(channels, height * block, width * block)));
  }

  private static Operand spaceToDepth(NodeCall call) {
    PendingNode x = call.piece(0);
    int block = block(call, x);
    if (x.shape().size(1) % block != 0 || x.shape().size(2) % block != 0) {
      throw mismatch(block, x);
    }
    int channels = x.shape().size(0);
    int height = x.shape().size(1) / block;
    int width = x.shape().size(2) / block;
    return DataValue.of(
        shuffled(
            call,
            x,
            Shape.of(channels, height, block, width, block),
            List.of(2, 4, 0, 1, 3),
            Shape.of(Math.multiplyExact(channels * block, block), height, width)));
  }

  private static int block(NodeCall call, PendingNode x) {
    int block = WindowAttributes.number(call.node().integer("blocksize", 0));
    if (block <= 0 || x.shape().rank() != 3) {
      throw mismatch(block, x);
    }
    return block;
  }

  private static GraphException mismatch(int block, PendingNode x) {
    return new GraphException(
        "blocksize %d does not match samples of %s".formatted(block, x.shape()));
  }

  private static PendingNode shuffled(
      NodeCall call, PendingNode x, Shape split, List<Integer> order, Shape result) {
    PendingNode parts = new PendingNode("", new Reshape(split), Map.of(), List.of(x));
    Layer transposed = new Transpose(order);
    PendingNode moved = new PendingNode("", transposed, Map.of(), List.of(parts));
    return call.piece(new Reshape(result), moved);
  }
}
