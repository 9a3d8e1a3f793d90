package dev.trifocal.onnx.internal.folding;

import dev.trifocal.error.GraphException;
import dev.trifocal.onnx.internal.operand.ConstantValue;
import dev.trifocal.onnx.internal.operand.DataValue;
import dev.trifocal.onnx.internal.operand.NodeCall;
import dev.trifocal.onnx.internal.operand.NumberType;
import dev.trifocal.onnx.internal.operand.OnnxNode;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Folds constants and the shapes of data. */
final class ConstantAndShapeFolding {
  /** Operators that depend on the shape of their input only. */
  static final Set<String> SIZES = Set.of("Shape", "Size");

  static final Map<String, Folding.Single> RULES =
      Map.of(
          "Constant", ConstantAndShapeFolding::constant,
          "ConstantOfShape", ConstantAndShapeFolding::constantOfShape,
          "Range", ConstantAndShapeFolding::range,
          "Shape", ConstantAndShapeFolding::shape,
          "Size", ConstantAndShapeFolding::size);

  private ConstantAndShapeFolding() {}

  private static ConstantValue constant(NodeCall call) {
    OnnxNode node = call.node();
    if (node.has("value_float")) {
      return ConstantValue.of(List.of(), NumberType.REAL, node.real("value_float", 0));
    }
    if (node.has("value_int")) {
      return ConstantValue.of(List.of(), NumberType.INTEGER, node.integer("value_int", 0));
    }
    if (node.has("value_floats")) {
      double[] values = node.reals("value_floats");
      return ConstantValue.of(List.of(values.length), NumberType.REAL, values);
    }
    if (node.has("value_ints")) {
      return ConstantValue.integers(node.integers("value_ints"));
    }
    return node.tensor("value")
        .map(call.file()::contents)
        .orElseThrow(() -> new GraphException("has no numeric value"));
  }

  private static ConstantValue constantOfShape(NodeCall call) {
    List<Integer> sizes = Indices.sizes(call.numbers(0).longs());
    ConstantValue value =
        call.node()
            .tensor("value")
            .map(call.file()::contents)
            .orElse(ConstantValue.of(List.of(), NumberType.REAL, 0));
    long count = ConstantValue.count(sizes);
    double single = value.single();
    if (value.type() == NumberType.REAL && count > 0) {
      call.file().fill(count);
      return ConstantValue.of(
          Tensor.floats(
              new Shape(sizes),
              buffer -> {
                while (buffer.hasRemaining()) {
                  buffer.put((float) single);
                }
              }));
    }
    double[] values = new double[Indices.few(call, count)];
    Arrays.fill(values, single);
    return ConstantValue.of(sizes, value.type(), values);
  }

  private static ConstantValue range(NodeCall call) {
    double start = call.numbers(0).single();
    double delta = call.numbers(2).single();
    double count = Math.max(0, Math.ceil((call.numbers(1).single() - start) / delta));
    if (!(count <= Integer.MAX_VALUE)) {
      throw new GraphException("produces a range of " + count + " numbers, which is too large");
    }
    double[] values =
        IntStream.range(0, Indices.few(call, (long) count))
            .mapToDouble(i -> start + i * delta)
            .toArray();
    return ConstantValue.of(List.of(values.length), call.numbers(0).type(), values);
  }

  /** Folds Shape, which may select part of the shape since opset 15. */
  private static ConstantValue shape(NodeCall call) {
    ConstantValue whole = sizes(call);
    int rank = whole.count();
    int start = clamped(call.node().integer("start", 0), rank);
    int end = clamped(call.node().integer("end", rank), rank);
    int[] indices = IntStream.range(start, Math.max(start, end)).toArray();
    return whole.picked(List.of(indices.length), indices);
  }

  private static ConstantValue size(NodeCall call) {
    ConstantValue sizes = sizes(call);
    double product = 1;
    for (int i = 0; i < sizes.count(); i++) {
      product *= sizes.at(i);
    }
    BitSet perBatch = new BitSet();
    perBatch.set(0, !sizes.fixed());
    return ConstantValue.of(List.of(), NumberType.INTEGER, new double[] {product}, perBatch);
  }

  private static ConstantValue sizes(NodeCall call) {
    return call.operand(0) instanceof DataValue flow
        ? ConstantValue.shapeOf(flow)
        : ConstantValue.integers(
            call.numbers(0).sizes().stream().mapToLong(size -> size).toArray());
  }

  private static int clamped(long axis, int rank) {
    return (int) Math.max(0, Math.min(rank, axis < 0 ? axis + rank : axis));
  }
}
