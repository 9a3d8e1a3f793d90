package dev.trifocal.onnx.internal.operator;

import dev.trifocal.error.GraphException;
import dev.trifocal.layer.Size2d;
import dev.trifocal.layer.Upsample2d;
import dev.trifocal.layer.Upsample2d.Interpolation;
import dev.trifocal.onnx.internal.operand.ConstantValue;
import dev.trifocal.onnx.internal.operand.DataValue;
import dev.trifocal.onnx.internal.operand.NodeCall;
import dev.trifocal.onnx.internal.operand.OnnxNode;
import dev.trifocal.onnx.internal.operand.Operand;
import dev.trifocal.onnx.internal.operand.Operator;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** Operators that enlarge images. */
final class ResizeOps {
  private ResizeOps() {}

  static List<Operator> operators() {
    return List.of(
        Operator.of(
            "Upsample",
            List.of(7, 9),
            "Upsample2d, nearest",
            "Scales are an attribute in version 7 and an input in 9. Integer factors only; mode linear is not"
                + " supported, because its grid is not half-pixel.",
            call -> larger(call, factors(call, call.has(1) ? 1 : -1), nearest(call))),
        Operator.of(
            "Resize",
            List.of(10, 11, 13, 18, 19),
            "Upsample2d",
            "Integer factors for height and width only. Mode linear must be half-pixel; nearest must"
                + " repeat each pixel. Version 10 has scales only, on a grid that is not"
                + " half-pixel; 11 adds sizes, 18 axes and keep_aspect_ratio_policy, which must be"
                + " stretch.",
            ResizeOps::resize));
  }

  private static Operand resize(NodeCall call) {
    OnnxNode node = call.node();
    if (call.opset() < 11) {
      return larger(call, factors(call, 1), nearest(call));
    }
    String mode = node.text("mode", "nearest");
    NearestGrid grid =
        new NearestGrid(
            node.text("coordinate_transformation_mode", "half_pixel"),
            node.text("nearest_mode", "round_prefer_floor"));
    double[] factors = factors(call, 2);
    boolean stretched = node.text("keep_aspect_ratio_policy", "stretch").equals("stretch");
    if (!stretched) {
      throw new GraphException("keep_aspect_ratio_policy is supported only as stretch");
    }
    if (mode.equals("linear") && grid.half() && node.integer("antialias", 0) == 0) {
      return larger(call, factors, Interpolation.BILINEAR);
    }
    if (!mode.equals("nearest") || !repeats(grid, factors)) {
      throw new GraphException("mode %s, %s is not supported".formatted(mode, grid));
    }
    return larger(call, factors, Interpolation.NEAREST);
  }

  /** Returns whether each element is repeated as often as its axis grows. */
  private static boolean repeats(NearestGrid grid, double... factors) {
    return Arrays.stream(factors).allMatch(grid::repeats);
  }

  private static Interpolation nearest(NodeCall call) {
    String mode = call.node().text("mode", "nearest");
    if (!mode.equals("nearest")) {
      throw new GraphException("mode %s is not supported".formatted(mode));
    }
    return Interpolation.NEAREST;
  }

  /**
   * Returns how often each axis of the data is repeated.
   *
   * @param scales index of the input with the scales, followed by the sizes; -1 for the attribute
   */
  private static double[] factors(NodeCall call, int scales) {
    DataValue x = call.data(0);
    double[] result = new double[x.rank()];
    Arrays.fill(result, 1);
    boolean bySize = scales >= 0 && (!call.has(scales) || call.numbers(scales).count() == 0);
    double[] given =
        scales < 0
            ? call.node().reals("scales")
            : bySize ? sizes(call, scales + 1) : call.numbers(scales).values();
    long[] axes = call.node().integers("axes", LongStream.range(0, given.length).toArray());
    if (given.length != axes.length) {
      throw new GraphException("has %d scales for %d axes".formatted(given.length, axes.length));
    }
    for (int i = 0; i < axes.length; i++) {
      int axis = NodeCall.axis(axes[i], x.rank());
      double size = axis == 0 ? 1 : x.shape().size(axis - 1);
      result[axis] = bySize ? given[i] / size : given[i];
    }
    return result;
  }

  /** Returns the target sizes; the batch size is given as 1. */
  private static double[] sizes(NodeCall call, int input) {
    ConstantValue sizes = call.numbers(input);
    double[] result = new double[sizes.count()];
    for (int i = 0; i < result.length; i++) {
      boolean batch = i == 0 && result.length == call.data(0).rank();
      double own = call.file().batch().orElse(-1);
      result[i] = batch && (sizes.perBatch(0) || sizes.at(0) == own) ? 1 : sizes.at(i);
    }
    return result;
  }

  private static Operand larger(NodeCall call, double[] factors, Interpolation interpolation) {
    DataValue seen = call.data(0);
    boolean channels = seen.order().contains(0) && factors[seen.order().indexOf(0) + 1] != 1;
    DataValue x = channels ? DataValue.of(seen.settled()) : seen;
    int[] own = new int[x.order().size()];
    boolean whole = factors[0] == 1;
    for (int axis = 1; axis < factors.length; axis++) {
      own[x.order().get(axis - 1)] = (int) factors[axis];
      whole &= factors[axis] == (int) factors[axis];
    }
    if (!whole || own.length != 3 || own[0] != 1) {
      throw new GraphException(
          "scales the axes of samples of %s by %s; only integer factors for height and width are supported"
              .formatted(x.shape(), Arrays.toString(factors)));
    }
    if (own[1] == 1 && own[2] == 1) {
      return x;
    }
    return x.with(call.piece(new Upsample2d(new Size2d(own[1], own[2]), interpolation), x.piece()));
  }
}
