package dev.trifocal.onnx.internal.operator;

import dev.trifocal.layer.LocalResponseNorm;
import dev.trifocal.onnx.internal.operand.ConstantValue;
import dev.trifocal.onnx.internal.operand.DataValue;
import dev.trifocal.onnx.internal.operand.NodeCall;
import dev.trifocal.onnx.internal.operand.Operand;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Local response norm as PyTorch exports it: {@code x / (k + alpha * mean)^beta}, where the mean of
 * squares is an AveragePool over the channels, which a Reshape has turned into a spatial axis.
 *
 * @param add the node that adds {@code k}
 * @param pool the AveragePool
 */
record LocalResponseNormPattern(
    NodeCall div, NodeCall power, NodeCall add, NodeCall scale, NodeCall pool) {
  /** The axis of the channels while they are pooled. */
  private static final int AXIS = 2;

  /** Returns the norm if a Div is the last node of the pattern. */
  static Optional<Operand> read(NodeCall div) {
    if (!div.node().operator().equals("Div") || !div.flows(0)) {
      return Optional.empty();
    }
    return maker(div, 1, "Pow")
        .flatMap(
            power ->
                maker(power, 0, "Add")
                    .flatMap(
                        add ->
                            maker(add, 0, "Mul")
                                .flatMap(
                                    scale ->
                                        maker(scale, 0, "Reshape")
                                            .filter(back -> back.has(1))
                                            .flatMap(back -> maker(back, 0, "AveragePool"))
                                            .map(
                                                pool ->
                                                    new LocalResponseNormPattern(
                                                        div, power, add, scale, pool)))))
        .flatMap(LocalResponseNormPattern::operand);
  }

  private Optional<Operand> operand() {
    DataValue x = div.data(0);
    Optional<NodeCall> pad = maker(pool, 0, "Pad");
    Optional<NodeCall> columns = pad.flatMap(call -> maker(call, 0, "Reshape"));
    Optional<NodeCall> square = columns.flatMap(call -> maker(call, 0, "Mul"));
    boolean spelled =
        square.filter(mul -> isSquare(mul, x)).isPresent()
            && x.inOrder()
            && x.rank() == 4
            && isColumn(columns.get(), x.shape().size(0))
            && number(power).isPresent()
            && number(add).isPresent()
            && number(scale).isPresent();
    return spelled ? size(pad.get()).map(size -> layer(x, size)) : Optional.empty();
  }

  private Operand layer(DataValue x, int size) {
    return x.with(
        div.piece(
            new LocalResponseNorm(
                size, number(scale).get(), number(power).get(), number(add).get()),
            x.piece()));
  }

  /** Returns the window over channels if padding and pool place it as PyTorch does. */
  private Optional<Integer> size(NodeCall pad) {
    long[] kernel = pool.node().integers("kernel_shape");
    if (kernel.length == 0
        || !constant(pad, 1)
        || !pad.node().text("mode", "constant").equals("constant")) {
      return Optional.empty();
    }
    int size = WindowAttributes.number(kernel[0]);
    long[] pads = pad.numbers(1).longs();
    long[] expected = new long[pads.length];
    if (pads.length != 2 * (kernel.length + AXIS)) {
      return Optional.empty();
    }
    expected[AXIS] = size / 2;
    expected[pads.length / 2 + AXIS] = (size - 1L) / 2;
    boolean plain =
        Arrays.equals(pads, expected)
            && Arrays.stream(kernel).skip(1).allMatch(length -> length == 1)
            && Arrays.stream(pool.node().integers("strides", 1)).allMatch(step -> step == 1)
            && Arrays.stream(pool.node().integers("pads", 0)).allMatch(rows -> rows == 0)
            && (!pad.has(2) || pad.numbers(2).single() == 0);
    return plain ? Optional.of(size) : Optional.empty();
  }

  private static boolean isSquare(NodeCall mul, DataValue x) {
    return mul.inputs().size() == 2
        && IntStream.range(0, 2)
            .allMatch(
                i ->
                    mul.flows(i)
                        && mul.data(i).piece() == x.piece()
                        && mul.data(i).order().equals(x.order()));
  }

  /** Returns whether a Reshape produces {@code [N, 1, C, ...]}. */
  private static boolean isColumn(NodeCall reshape, int channels) {
    if (!(reshape.has(1) && reshape.operand(1) instanceof ConstantValue target)) {
      return false;
    }
    return target.count() > AXIS
        && !target.perBatch(1)
        && target.at(1) == 1
        && !target.perBatch(AXIS)
        && target.at(AXIS) == channels;
  }

  /** Returns the constant second operand of an arithmetic node, as a decimal. */
  private static Optional<Double> number(NodeCall call) {
    return constant(call, 1) && call.numbers(1).count() == 1
        ? Optional.of(ActivationOps.decimal(call.numbers(1).single()))
        : Optional.empty();
  }

  private static boolean constant(NodeCall call, int input) {
    return call.has(input)
        && call.operand(input) instanceof ConstantValue numbers
        && numbers.fixed();
  }

  private static Optional<NodeCall> maker(NodeCall call, int input, String operator) {
    return call.maker(input).filter(maker -> maker.node().operator().equals(operator));
  }
}
