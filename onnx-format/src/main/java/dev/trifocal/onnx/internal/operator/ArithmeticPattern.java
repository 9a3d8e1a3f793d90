package dev.trifocal.onnx.internal.operator;

import dev.trifocal.onnx.internal.operand.ConstantValue;
import dev.trifocal.onnx.internal.operand.DataValue;
import dev.trifocal.onnx.internal.operand.NodeCall;
import dev.trifocal.onnx.internal.operand.Operand;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A pattern of nodes that compute a formula of one value {@code x} and constants. */
sealed interface ArithmeticPattern {
  /** Operators whose two inputs may be swapped. */
  Set<String> COMMUTATIVE = Set.of("Add", "Mul");

  /** The value {@code x}. */
  record X() implements ArithmeticPattern {
    @Override
    public String toString() {
      return "x";
    }
  }

  /** A constant, compared at float32 precision. */
  record Constant(double value) implements ArithmeticPattern {
    @Override
    public String toString() {
      return value == Math.rint(value)
          ? String.valueOf((long) value)
          : String.valueOf((float) value);
    }
  }

  /**
   * An operator applied to inputs; the bounds of a Clip and the coefficients of a HardSigmoid count
   * as inputs.
   */
  record Applied(String operator, List<ArithmeticPattern> inputs) implements ArithmeticPattern {
    /** Formats the formula, such as {@code Mul(x, Sigmoid(x))}. */
    @Override
    public String toString() {
      return inputs.stream()
          .map(ArithmeticPattern::toString)
          .collect(Collectors.joining(", ", operator + "(", ")"));
    }
  }

  static ArithmeticPattern x() {
    return new X();
  }

  static ArithmeticPattern number(double value) {
    return new Constant(value);
  }

  static ArithmeticPattern of(String operator, ArithmeticPattern... inputs) {
    return new Applied(operator, List.of(inputs));
  }

  /**
   * Returns the {@code x} for which a node and its predecessors compute this pattern; empty if they
   * do not.
   */
  default Optional<DataValue> read(NodeCall call) {
    Reading reading = new Reading(call, null, 0);
    return reading.call(this).filter(r -> r.x().rank() >= r.axes()).map(Reading::x);
  }

  /**
   * The progress of matching a pattern.
   *
   * @param x value bound to x; null if not yet bound
   * @param axes largest rank of a constant so far; a rank above that of x would add axes
   */
  record Reading(NodeCall call, DataValue x, int axes) {
    /** Matches a pattern that ends in the node of this reading. */
    Optional<Reading> call(ArithmeticPattern spelling) {
      if (!(spelling instanceof Applied applied)
          || !applied.operator().equals(call.node().operator())) {
        return Optional.empty();
      }
      return switch (applied.operator()) {
        case "Clip" -> clip(applied);
        case "HardSigmoid" -> sixth() ? input(0, applied.inputs().get(0)) : Optional.empty();
        default -> inputs(applied);
      };
    }

    private Optional<Reading> inputs(Applied applied) {
      int count = applied.inputs().size();
      if (call.inputs().size() != count) {
        return Optional.empty();
      }
      if (count == 1) {
        return input(0, applied.inputs().get(0));
      }
      Optional<Reading> straight =
          input(0, applied.inputs().get(0))
              .flatMap(r -> r.at(call).input(1, applied.inputs().get(1)));
      return straight.isPresent() || !COMMUTATIVE.contains(applied.operator())
          ? straight
          : input(1, applied.inputs().get(0))
              .flatMap(r -> r.at(call).input(0, applied.inputs().get(1)));
    }

    private Optional<Reading> clip(Applied applied) {
      double low = bound("min", 1);
      double high = bound("max", 2);
      boolean same =
          near(low, ((Constant) applied.inputs().get(1)).value())
              && near(high, ((Constant) applied.inputs().get(2)).value());
      return same ? input(0, applied.inputs().get(0)) : Optional.empty();
    }

    private double bound(String attribute, int input) {
      return call.opset() < 11
          ? call.node().real(attribute, Double.NaN)
          : call.has(input)
                  && call.operand(input) instanceof ConstantValue n
                  && n.fixed()
                  && n.count() == 1
              ? n.at(0)
              : Double.NaN;
    }

    private boolean sixth() {
      return near(call.node().real("alpha", 0.2), 1 / 6.0)
          && near(call.node().real("beta", 0.5), 0.5);
    }

    private Optional<Reading> input(int index, ArithmeticPattern spelling) {
      if (!call.has(index)) {
        return Optional.empty();
      }
      Operand operand = call.operand(index);
      if (spelling instanceof Constant constant) {
        return operand instanceof ConstantValue n
                && n.fixed()
                && n.count() == 1
                && near(n.at(0), constant.value())
            ? Optional.of(new Reading(call, x, Math.max(axes, n.rank())))
            : Optional.empty();
      }
      if (spelling instanceof X) {
        return operand instanceof DataValue flow && (x == null || same(x, flow))
            ? Optional.of(new Reading(call, flow, axes))
            : Optional.empty();
      }
      return call.maker(index).flatMap(maker -> at(maker).call(spelling));
    }

    private Reading at(NodeCall other) {
      return new Reading(other, x, axes);
    }

    private static boolean same(DataValue a, DataValue b) {
      return a.piece() == b.piece() && a.order().equals(b.order());
    }

    private static boolean near(double a, double b) {
      return Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(b));
    }
  }
}
