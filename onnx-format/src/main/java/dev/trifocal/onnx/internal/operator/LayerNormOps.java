package dev.trifocal.onnx.internal.operator;

import dev.trifocal.error.GraphException;
import dev.trifocal.layer.Add;
import dev.trifocal.layer.GroupNorm;
import dev.trifocal.layer.Multiply;
import dev.trifocal.onnx.internal.operand.DataValue;
import dev.trifocal.onnx.internal.operand.NodeCall;
import dev.trifocal.onnx.internal.operand.Operand;
import dev.trifocal.onnx.internal.operand.Operator;
import dev.trifocal.onnx.internal.operand.PendingNode;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Norms over the last axes of a sample. */
final class LayerNormOps {
  private LayerNormOps() {}

  static List<Operator> operators() {
    return List.of(
        Operator.of(
            "LayerNormalization",
            List.of(17),
            "GroupNorm with one group per index along the preceding axes; LearnableInput, Multiply and Add"
                + " for scale and bias",
            "Scale and bias must be constant; the outputs Mean and InvStdDev are not supported.",
            LayerNormOps::read));
  }

  private static Operand read(NodeCall call) {
    DataValue x = call.data(0);
    int axis = NodeCall.sampleAxis(call.node().integer("axis", -1), x);
    PendingNode norm = normalised(x.settled(), axis, call.node().real("epsilon", 1e-5));
    PendingNode scaled = of(call, new Multiply(), norm, 1);
    return DataValue.of(call.has(2) ? of(call, new Add(), scaled, 2) : scaled);
  }

  /**
   * Subtracts the mean and divides by the standard deviation over the given axis and those after
   * it.
   */
  static PendingNode normalised(PendingNode x, int axis, double epsilon) {
    Shape shape = x.shape();
    long count = new Shape(shape.sizes().subList(0, axis)).elements();
    int groups = WindowAttributes.number(count);
    int each = WindowAttributes.number(shape.elements() / groups);
    if (each == 1) {
      throw new GraphException("normalises each element of %s on its own".formatted(shape));
    }
    PendingNode rows = ReshapeOps.reshaped("", x, List.of(groups, each));
    Map<String, Tensor> parameters = Map.of("weight", filled(groups, 1), "bias", filled(groups, 0));
    PendingNode norm =
        new PendingNode("", new GroupNorm(groups, epsilon), parameters, List.of(rows));
    return OneDimensionalData.reshaped(norm, shape);
  }

  private static PendingNode of(
      NodeCall call, dev.trifocal.layer.Layer layer, PendingNode x, int input) {
    Tensor constant = ConstantOps.besides(call.numbers(input), DataValue.of(x));
    PendingNode learned = ConstantOps.learned(call.node().inputs().get(input), constant);
    return new PendingNode(call.path(), layer, Map.of(), List.of(x, learned));
  }

  private static Tensor filled(int count, float value) {
    float[] values = new float[count];
    Arrays.fill(values, value);
    return Tensor.of(Shape.of(count), values);
  }
}
