package dev.trifocal.onnx.internal.folding;

import dev.trifocal.error.GraphException;
import dev.trifocal.onnx.internal.operand.ConstantValue;
import dev.trifocal.onnx.internal.operand.NodeCall;
import dev.trifocal.onnx.internal.operand.NumberType;
import java.util.List;

/** Folds DequantizeLinear on weights that a file stores as integers. */
final class Dequantisation {
  private Dequantisation() {}

  /**
   * Computes {@code (x - zero) * scale}, with a single scale and zero point, or one of each per
   * index along an axis.
   */
  static ConstantValue fold(NodeCall call) {
    ConstantValue x = call.numbers(0);
    ConstantValue scale = call.numbers(1);
    boolean single = scale.count() == 1;
    int axis = single ? 0 : NodeCall.axis(call.node().integer("axis", 1), x.rank());
    boolean fits =
        single || (scale.rank() == 1 && scale.sizes().get(0).equals(x.sizes().get(axis)));
    if (!fits || call.node().integer("block_size", 0) != 0) {
      throw new GraphException(
          "scales of shape %s do not match a constant of shape %s"
              .formatted(scale.sizes(), x.sizes()));
    }
    List<Integer> sizes = x.sizes();
    int stride = x.rank() == 0 ? 1 : Indices.strides(sizes)[axis];
    int size = single ? 1 : sizes.get(axis);
    double[] values = x.values();
    for (int i = 0; i < values.length; i++) {
      int place = single ? 0 : i / stride % size;
      double zero = call.has(2) ? zero(call.numbers(2), place) : 0;
      values[i] = (values[i] - zero) * scale.at(place);
    }
    return ConstantValue.of(sizes, NumberType.REAL, values);
  }

  private static double zero(ConstantValue zeros, int place) {
    return zeros.at(zeros.count() == 1 ? 0 : place);
  }
}
