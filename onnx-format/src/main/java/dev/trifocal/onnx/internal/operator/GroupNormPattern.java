package dev.trifocal.onnx.internal.operator;

import dev.trifocal.layer.GroupNorm;
import dev.trifocal.onnx.internal.operand.ConstantValue;
import dev.trifocal.onnx.internal.operand.DataValue;
import dev.trifocal.onnx.internal.operand.NodeCall;
import dev.trifocal.onnx.internal.operand.Operand;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * Group norm as exporters compose it when there is no operator for it: Reshape to groups,
 * InstanceNormalization, Reshape back, then Mul and Add per channel.
 *
 * @param add the last node
 * @param data index of its input that is data
 */
record GroupNormPattern(NodeCall add, int data) {
  /** Returns the norm if a node is the last one of the pattern. */
  static Optional<Operand> read(NodeCall call) {
    return call.node().operator().equals("Add")
        ? data(call).flatMap(data -> new GroupNormPattern(call, data).operand())
        : Optional.empty();
  }

  private Optional<Operand> operand() {
    Optional<NodeCall> mul = maker(add, data, "Mul");
    Optional<Integer> scaled = mul.flatMap(GroupNormPattern::data);
    Optional<NodeCall> back = scaled.flatMap(index -> maker(mul.get(), index, "Reshape"));
    Optional<NodeCall> norm = back.flatMap(call -> maker(call, 0, "InstanceNormalization"));
    Optional<NodeCall> split = norm.flatMap(call -> maker(call, 0, "Reshape"));
    return split.isPresent() && split.get().flows(0) && norm.get().flows(0)
        ? layer(
            norm.get(),
            split.get().data(0),
            mul.get().data(scaled.get()),
            mul.get().numbers(1 - scaled.get()))
        : Optional.empty();
  }

  private Optional<Operand> layer(
      NodeCall norm, DataValue x, DataValue result, ConstantValue scale) {
    Shape groups = norm.data(0).shape();
    boolean plain =
        x.inOrder()
            && result.inOrder()
            && result.shape().equals(x.shape())
            && groups.rank() == 2
            && x.shape().size(0) % groups.size(0) == 0
            && all(norm.numbers(1), 1)
            && all(norm.numbers(2), 0);
    return plain
        ? vector(scale, x)
            .flatMap(
                weight ->
                    vector(add.numbers(1 - data), x)
                        .map(bias -> Map.of("weight", weight, "bias", bias)))
            .map(
                parameters ->
                    DataValue.of(
                        add.piece(
                            new GroupNorm(groups.size(0), norm.node().real("epsilon", 1e-5)),
                            parameters,
                            "",
                            x.piece())))
        : Optional.empty();
  }

  /** Returns a constant as one number per channel. */
  private static Optional<Tensor> vector(ConstantValue numbers, DataValue x) {
    return ConstantOps.perChannel(ConstantOps.besides(numbers, x), x.piece())
        .map(
            values ->
                Tensor.floats(
                    Shape.of(values.length),
                    buffer -> Arrays.stream(values).forEach(value -> buffer.put((float) value))));
  }

  /** Returns the index of the input that is data if the other one is constant. */
  private static Optional<Integer> data(NodeCall call) {
    if (call.inputs().size() != 2 || call.flows(0) == call.flows(1)) {
      return Optional.empty();
    }
    int data = call.flows(0) ? 0 : 1;
    return call.operand(1 - data) instanceof ConstantValue ? Optional.of(data) : Optional.empty();
  }

  private static Optional<NodeCall> maker(NodeCall call, int input, String operator) {
    return call.maker(input).filter(maker -> maker.node().operator().equals(operator));
  }

  private static boolean all(ConstantValue numbers, double value) {
    return Arrays.stream(numbers.values()).allMatch(number -> number == value);
  }
}
