package dev.trifocal.onnx.internal.operator;

import dev.trifocal.layer.Layer;
import dev.trifocal.layer.LogSoftmax;
import dev.trifocal.layer.Reshape;
import dev.trifocal.layer.Softmax;
import dev.trifocal.onnx.internal.operand.DataValue;
import dev.trifocal.onnx.internal.operand.NodeCall;
import dev.trifocal.onnx.internal.operand.Operand;
import dev.trifocal.onnx.internal.operand.Operator;
import dev.trifocal.onnx.internal.operand.PendingNode;
import dev.trifocal.shape.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Softmax and log-softmax. */
final class SoftmaxOps {
  private SoftmaxOps() {}

  static List<Operator> operators() {
    String changes =
        "Before version 13 over the given axis (default 1) and all following ones together, since then over"
            + " one axis (default the last).";
    return List.of(
        Operator.of(
            "Softmax", List.of(1, 11, 13), "Softmax", changes, call -> softmax(call, Softmax::new)),
        Operator.of(
            "LogSoftmax",
            List.of(1, 11, 13),
            "LogSoftmax",
            changes,
            call -> softmax(call, LogSoftmax::new)));
  }

  private static Operand softmax(NodeCall call, IntFunction<Layer> layer) {
    DataValue x = call.data(0);
    if (call.opset() >= 13) {
      int axis = NodeCall.sampleAxis(call.node().integer("axis", -1), x);
      return x.with(call.piece(layer.apply(x.order().get(axis)), x.piece()));
    }
    int axis = NodeCall.sampleAxis(call.node().integer("axis", 1), x);
    List<Integer> several =
        IntStream.range(axis, x.shape().rank()).filter(i -> x.shape().size(i) > 1).boxed().toList();
    return several.size() < 2
        ? x.with(
            call.piece(
                layer.apply(x.order().get(several.isEmpty() ? axis : several.get(0))), x.piece()))
        : together(call, x, axis, layer);
  }

  private static Operand together(NodeCall call, DataValue x, int axis, IntFunction<Layer> layer) {
    PendingNode settled = x.settled();
    List<Integer> sizes = new ArrayList<>(settled.shape().sizes().subList(0, axis));
    sizes.add((int) (settled.shape().elements() / new Shape(sizes).elements()));
    PendingNode flat = piece(new Reshape(new Shape(sizes)), settled);
    return DataValue.of(piece(new Reshape(settled.shape()), call.piece(layer.apply(axis), flat)));
  }

  private static PendingNode piece(Layer layer, PendingNode input) {
    return new PendingNode("", layer, Map.of(), List.of(input));
  }
}
