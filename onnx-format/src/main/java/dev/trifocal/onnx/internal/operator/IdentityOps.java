package dev.trifocal.onnx.internal.operator;

import dev.trifocal.error.GraphException;
import dev.trifocal.layer.Dropout;
import dev.trifocal.onnx.internal.operand.DataValue;
import dev.trifocal.onnx.internal.operand.NodeCall;
import dev.trifocal.onnx.internal.operand.NumberType;
import dev.trifocal.onnx.internal.operand.Operand;
import dev.trifocal.onnx.internal.operand.Operator;
import java.util.List;
import java.util.Set;

/** Operators that do nothing in evaluation mode. */
final class IdentityOps {
  /** ONNX's codes of float32, float16, float64 and bfloat16. */
  static final Set<Long> REAL = Set.of(1L, 10L, 11L, 16L);

  private IdentityOps() {}

  static List<Operator> operators() {
    return List.of(
        Operator.of(
            "Identity", List.of(1, 13, 14, 16, 19, 21, 23), "nothing", "", call -> call.operand(0)),
        Operator.of(
            "Dropout",
            List.of(1, 6, 7, 10, 12, 13, 22),
            "Dropout, which takes effect in training",
            "The ratio is an attribute before version 12 and an input since. The output mask is not supported.",
            IdentityOps::dropout),
        Operator.of(
            "Cast",
            List.of(1, 6, 9, 13, 19, 21, 23),
            "nothing",
            "Between real types only; all computation is in float32.",
            call -> cast(call, call.node().integer("to", 0))),
        Operator.of(
            "CastLike",
            List.of(15, 19, 21, 23),
            "nothing",
            "Like Cast; the second input gives the type.",
            IdentityOps::castLike));
  }

  private static Operand dropout(NodeCall call) {
    DataValue x = call.data(0);
    double ratio =
        call.opset() < 12
            ? call.node().real("ratio", 0.5)
            : call.has(1) ? ratio(call.numbers(1).single()) : 0.5;
    if (call.has(2) && call.numbers(2).single() != 0) {
      throw new GraphException("is in training mode; export the model in evaluation mode");
    }
    return ratio == 0 ? x : x.with(call.piece(new Dropout(ratio), x.piece()));
  }

  private static double ratio(double value) {
    return Double.parseDouble(Float.toString((float) value));
  }

  private static Operand castLike(NodeCall call) {
    boolean whole = !call.flows(1) && call.numbers(1).type() != NumberType.REAL;
    if (whole) {
      throw new GraphException("casts data to integers or booleans, which is not supported");
    }
    return call.data(0);
  }

  private static Operand cast(NodeCall call, long to) {
    if (!REAL.contains(to)) {
      throw new GraphException("casts data to ONNX type %d, which is not supported".formatted(to));
    }
    return call.data(0);
  }
}
