package dev.trifocal.onnx.internal.operator;

import dev.trifocal.layer.Activation;
import dev.trifocal.layer.ActivationFunction.Power;
import dev.trifocal.layer.Add;
import dev.trifocal.layer.Divide;
import dev.trifocal.layer.Layer;
import dev.trifocal.layer.Multiply;
import dev.trifocal.onnx.internal.operand.ConstantValue;
import dev.trifocal.onnx.internal.operand.DataValue;
import dev.trifocal.onnx.internal.operand.LayerFusion;
import dev.trifocal.onnx.internal.operand.NodeCall;
import dev.trifocal.onnx.internal.operand.Operand;
import dev.trifocal.onnx.internal.operand.PendingNode;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/** The two operands of an elementwise operator. */
record BinaryOperands(NodeCall call, Kind kind) {
  /** The elementwise operation. */
  enum Kind {
    ADD,
    SUBTRACT,
    MULTIPLY,
    DIVIDE
  }

  static BinaryOperands of(NodeCall call, Kind kind) {
    return new BinaryOperands(call, kind);
  }

  /** Adds a constant that is not one of the first two inputs of a node. */
  static DataValue added(NodeCall call, DataValue flow, ConstantValue constant) {
    Tensor spread = ConstantOps.besides(constant, flow);
    return ConstantOps.perChannel(spread, flow.piece())
        .map(
            shift ->
                flow.with(
                    ConstantOps.scaled(call.path(), flow.piece(), filled(shift.length, 1), shift)))
        .orElseGet(
            () ->
                flow.with(
                    call.piece(
                        new Add(),
                        flow.piece(),
                        ConstantOps.learnedBeside(flow.piece(), "", spread))));
  }

  Operand operand() {
    if (call.flows(0) && call.flows(1)) {
      return ofData(call.data(0), call.data(1));
    }
    return call.flows(0)
        ? withConstant(call.data(0), spread(call.numbers(1), call.data(0)), 0)
        : constantFirst(call.data(1), call.numbers(0));
  }

  private Operand ofData(DataValue first, DataValue second) {
    List<DataValue> flows =
        switch (kind) {
          case ADD, MULTIPLY, DIVIDE -> List.of(first, second);
          case SUBTRACT ->
              List.of(first, second.with(ConstantOps.scaled("", second.piece(), -1, 0)));
        };
    Layer layer =
        switch (kind) {
          case ADD, SUBTRACT -> new Add();
          case MULTIPLY -> new Multiply();
          case DIVIDE -> new Divide();
        };
    PendingNode[] pieces = BroadcastAlignment.of(flows).toArray(PendingNode[]::new);
    return new DataValue(call.piece(layer, pieces), BroadcastAlignment.order(flows));
  }

  private Operand constantFirst(DataValue flow, ConstantValue constant) {
    return switch (kind) {
      case ADD, MULTIPLY -> withConstant(flow, spread(constant, flow), 1);
      case SUBTRACT ->
          new BinaryOperands(call, Kind.ADD)
              .withConstant(
                  flow.with(ConstantOps.scaled("", flow.piece(), -1, 0)),
                  spread(constant, flow),
                  1);
      case DIVIDE ->
          new BinaryOperands(call, Kind.MULTIPLY)
              .withConstant(flow.with(inverse(flow.piece())), spread(constant, flow), 1);
    };
  }

  private static PendingNode inverse(PendingNode x) {
    return new PendingNode("", new Activation(new Power(-1)), Map.of(), List.of(x));
  }

  /**
   * Combines data with a constant.
   *
   * @param data index of the node's input that is data
   */
  private DataValue withConstant(DataValue flow, Tensor constant, int data) {
    Optional<double[]> numbers = ConstantOps.perChannel(constant, flow.piece());
    if (numbers.isEmpty()) {
      return withLearned(flow, constant, data);
    }
    double[] values = numbers.get();
    if (kind == Kind.ADD
        && flow.piece().shortcut().orElse(null) instanceof LayerFusion.Unbiased unbiased
        && call.soleReader(data)) {
      return flow.with(unbiased.biased().apply(vector(values)));
    }
    double[] ones = filled(values.length, 1);
    double[] zeros = filled(values.length, 0);
    return flow.with(
        switch (kind) {
          case ADD -> ConstantOps.scaled(call.path(), flow.piece(), ones, values);
          case SUBTRACT ->
              ConstantOps.scaled(call.path(), flow.piece(), ones, each(values, x -> -x));
          case MULTIPLY -> ConstantOps.scaled(call.path(), flow.piece(), values, zeros);
          case DIVIDE ->
              ConstantOps.scaled(call.path(), flow.piece(), each(values, x -> 1 / x), zeros);
        });
  }

  private DataValue withLearned(DataValue flow, Tensor constant, int data) {
    String name = call.node().inputs().get(1 - data);
    Tensor values =
        switch (kind) {
          case ADD, MULTIPLY -> constant;
          case SUBTRACT -> mapped(constant, x -> -x);
          case DIVIDE -> mapped(constant, x -> 1 / x);
        };
    Layer layer = kind == Kind.MULTIPLY || kind == Kind.DIVIDE ? new Multiply() : new Add();
    return flow.with(
        call.piece(layer, flow.piece(), ConstantOps.learnedBeside(flow.piece(), name, values)));
  }

  /** Broadcasts a constant; before opset 7 an attribute gives the axis at which it starts. */
  private Tensor spread(ConstantValue constant, DataValue flow) {
    if (call.opset() >= 7 || !call.node().has("axis")) {
      return ConstantOps.besides(constant, flow);
    }
    List<Integer> sizes = new ArrayList<>(constant.sizes());
    int first = NodeCall.axis(call.node().integer("axis", 0), flow.rank());
    while (first + sizes.size() < flow.rank()) {
      sizes.add(1);
    }
    return ConstantOps.besides(constant.reshaped(sizes), flow);
  }

  private static Tensor vector(double[] values) {
    return Tensor.floats(
        Shape.of(values.length),
        to -> {
          for (double value : values) {
            to.put((float) value);
          }
        });
  }

  private static Tensor mapped(Tensor tensor, DoubleUnaryOperator function) {
    FloatBuffer from = tensor.floats();
    return Tensor.floats(
        tensor.shape(),
        to -> {
          while (from.hasRemaining()) {
            to.put((float) function.applyAsDouble(from.get()));
          }
        });
  }

  private static double[] each(double[] values, DoubleUnaryOperator function) {
    return Arrays.stream(values).map(function).toArray();
  }

  private static double[] filled(int count, double value) {
    double[] result = new double[count];
    Arrays.fill(result, value);
    return result;
  }
}
