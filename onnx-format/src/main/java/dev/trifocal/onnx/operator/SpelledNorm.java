package dev.trifocal.onnx.operator;

import dev.trifocal.onnx.operand.Call;
import dev.trifocal.onnx.operand.Flow;
import dev.trifocal.onnx.operand.Numbers;
import dev.trifocal.onnx.operand.Operand;
import dev.trifocal.onnx.operand.Piece;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A layer norm without scale and bias, as exporters spell it before opset 17: {@code d /
 * sqrt(mean(d * d) + epsilon)} where {@code d = x - mean(x)}.
 */
interface SpelledNorm {
  /** How the file spells it, for people. */
  String SPELLED =
      "Div(d, Sqrt(Add(ReduceMean(Pow(d, 2)), epsilon))) with d = Sub(x, ReduceMean(x))";

  /** A mean along some axes. */
  record Mean(Call call, List<Integer> axes) {}

  /** What a quotient makes if it is the last node of those that spell a norm. */
  static Optional<Operand> read(Call call) {
    if (!call.node().operator().equals("Div")) {
      return Optional.empty();
    }
    Optional<Call> centred = made(call, 0, "Sub").filter(SpelledNorm::centres);
    Optional<Call> sum = made(call, 1, "Sqrt").flatMap(root -> made(root, 0, "Add"));
    if (centred.isEmpty() || sum.isEmpty()) {
      return Optional.empty();
    }
    int epsilon = sum.get().has(1) && sum.get().operand(1) instanceof Numbers ? 1 : 0;
    boolean known = sum.get().operand(epsilon) instanceof Numbers n && n.fixed() && n.count() == 1;
    Optional<Mean> variance =
        known
            ? made(sum.get(), 1 - epsilon, "ReduceMean").flatMap(SpelledNorm::mean)
            : Optional.empty();
    Optional<Mean> mean = made(centred.get(), 1, "ReduceMean").flatMap(SpelledNorm::mean);
    boolean same =
        variance.isPresent()
            && variance.map(Mean::axes).equals(mean.map(Mean::axes))
            && squares(variance.get().call(), call.node().inputs().get(0));
    return same
        ? Optional.of(
            normalised(
                centred.get().flow(0),
                mean.get().axes(),
                Activations.decimal(sum.get().numbers(epsilon).single())))
        : Optional.empty();
  }

  private static Optional<Call> made(Call call, int input, String operator) {
    return call.maker(input).filter(maker -> maker.node().operator().equals(operator));
  }

  /** Whether it takes the mean of its first input from it. */
  private static boolean centres(Call difference) {
    return difference.flows(0)
        && made(difference, 1, "ReduceMean")
            .filter(mean -> name(mean, 0).equals(name(difference, 0)))
            .isPresent();
  }

  /** Whether a mean is that of the square of a value. */
  private static boolean squares(Call mean, String value) {
    Optional<Call> power = made(mean, 0, "Pow").filter(p -> isTwo(p) && name(p, 0).equals(value));
    Optional<Call> product =
        made(mean, 0, "Mul").filter(p -> name(p, 0).equals(value) && name(p, 1).equals(value));
    return power.isPresent() || product.isPresent();
  }

  private static boolean isTwo(Call power) {
    return power.has(1)
        && power.operand(1) instanceof Numbers n
        && n.fixed()
        && n.count() == 1
        && n.at(0) == 2;
  }

  private static String name(Call call, int input) {
    return call.node().inputs().get(input);
  }

  /** Of data, along axes of its samples, which stay. */
  private static Optional<Mean> mean(Call call) {
    boolean known = !call.has(1) || call.operand(1) instanceof Numbers;
    if (!known || !call.flows(0) || call.node().integer("keepdims", 1) != 1) {
      return Optional.empty();
    }
    long[] axes = call.has(1) ? call.numbers(1).longs() : call.node().integers("axes");
    List<Integer> own =
        Arrays.stream(axes).mapToObj(a -> Call.axis(a, call.flow(0).rank())).sorted().toList();
    return own.isEmpty() || own.contains(0)
        ? Optional.empty()
        : Optional.of(new Mean(call, own.stream().map(axis -> axis - 1).toList()));
  }

  /** With its axes in the order that it has. */
  private static Operand normalised(Flow x, List<Integer> axes, double epsilon) {
    List<Integer> order = new ArrayList<>();
    IntStream.range(0, x.order().size()).filter(a -> !axes.contains(a)).forEach(order::add);
    int first = order.size();
    order.addAll(axes);
    Piece norm = LayerNorms.normalised(x.permuted("", order).settled(), first, epsilon);
    List<Integer> back = IntStream.range(0, order.size()).map(order::indexOf).boxed().toList();
    return Flow.of(norm).permuted("", back);
  }
}
