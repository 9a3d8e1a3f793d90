package dev.trifocal.onnx.internal.operator;

import dev.trifocal.onnx.internal.operand.ConstantValue;
import dev.trifocal.onnx.internal.operand.DataValue;
import dev.trifocal.onnx.internal.operand.NodeCall;
import dev.trifocal.onnx.internal.operand.Operand;
import dev.trifocal.onnx.internal.operand.PendingNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Layer norm without scale and bias, as exporters compose it before opset 17: {@code d /
 * sqrt(mean(d * d) + epsilon)} where {@code d = x - mean(x)}.
 */
final class LayerNormPattern {
  /** The pattern, for the documentation. */
  static final String SPELLED =
      "Div(d, Sqrt(Add(ReduceMean(Pow(d, 2)), epsilon))) with d = Sub(x, ReduceMean(x))";

  /** A mean over axes of the samples. */
  record Mean(NodeCall call, List<Integer> axes) {}

  private LayerNormPattern() {}

  /** Returns the norm if a Div is the last node of the pattern. */
  static Optional<Operand> read(NodeCall call) {
    if (!call.node().operator().equals("Div")) {
      return Optional.empty();
    }
    Optional<NodeCall> centred = made(call, 0, "Sub").filter(LayerNormPattern::centres);
    Optional<NodeCall> sum = made(call, 1, "Sqrt").flatMap(root -> made(root, 0, "Add"));
    if (centred.isEmpty() || sum.isEmpty()) {
      return Optional.empty();
    }
    int epsilon = sum.get().has(1) && sum.get().operand(1) instanceof ConstantValue ? 1 : 0;
    boolean known =
        sum.get().operand(epsilon) instanceof ConstantValue n && n.fixed() && n.count() == 1;
    Optional<Mean> variance =
        known
            ? made(sum.get(), 1 - epsilon, "ReduceMean").flatMap(LayerNormPattern::mean)
            : Optional.empty();
    Optional<Mean> mean = made(centred.get(), 1, "ReduceMean").flatMap(LayerNormPattern::mean);
    boolean same =
        variance.isPresent()
            && variance.map(Mean::axes).equals(mean.map(Mean::axes))
            && squares(variance.get().call(), call.node().inputs().get(0));
    return same
        ? Optional.of(
            normalised(
                centred.get().data(0),
                mean.get().axes(),
                ActivationOps.decimal(sum.get().numbers(epsilon).single())))
        : Optional.empty();
  }

  private static Optional<NodeCall> made(NodeCall call, int input, String operator) {
    return call.maker(input).filter(maker -> maker.node().operator().equals(operator));
  }

  /** Returns whether a node subtracts the mean of its first input from that input. */
  private static boolean centres(NodeCall difference) {
    return difference.flows(0)
        && made(difference, 1, "ReduceMean")
            .filter(mean -> name(mean, 0).equals(name(difference, 0)))
            .isPresent();
  }

  /** Returns whether a mean is taken of the square of a value. */
  private static boolean squares(NodeCall mean, String value) {
    Optional<NodeCall> power =
        made(mean, 0, "Pow").filter(p -> isTwo(p) && name(p, 0).equals(value));
    Optional<NodeCall> product =
        made(mean, 0, "Mul").filter(p -> name(p, 0).equals(value) && name(p, 1).equals(value));
    return power.isPresent() || product.isPresent();
  }

  private static boolean isTwo(NodeCall power) {
    return power.has(1)
        && power.operand(1) instanceof ConstantValue n
        && n.fixed()
        && n.count() == 1
        && n.at(0) == 2;
  }

  private static String name(NodeCall call, int input) {
    return call.node().inputs().get(input);
  }

  /** Returns a ReduceMean of data over axes of the samples, which are kept. */
  private static Optional<Mean> mean(NodeCall call) {
    boolean known = !call.has(1) || call.operand(1) instanceof ConstantValue;
    if (!known || !call.flows(0) || call.node().integer("keepdims", 1) != 1) {
      return Optional.empty();
    }
    long[] axes = call.has(1) ? call.numbers(1).longs() : call.node().integers("axes");
    List<Integer> own =
        Arrays.stream(axes).mapToObj(a -> NodeCall.axis(a, call.data(0).rank())).sorted().toList();
    return own.isEmpty() || own.contains(0)
        ? Optional.empty()
        : Optional.of(new Mean(call, own.stream().map(axis -> axis - 1).toList()));
  }

  /** Normalises data and keeps its axis order. */
  private static Operand normalised(DataValue x, List<Integer> axes, double epsilon) {
    List<Integer> order = new ArrayList<>();
    IntStream.range(0, x.order().size()).filter(a -> !axes.contains(a)).forEach(order::add);
    int first = order.size();
    order.addAll(axes);
    PendingNode norm = LayerNormOps.normalised(x.permuted("", order).settled(), first, epsilon);
    List<Integer> back = IntStream.range(0, order.size()).map(order::indexOf).boxed().toList();
    return DataValue.of(norm).permuted("", back);
  }
}
