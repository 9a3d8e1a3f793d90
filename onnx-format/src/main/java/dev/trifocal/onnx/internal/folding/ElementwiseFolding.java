package dev.trifocal.onnx.internal.folding;

import dev.trifocal.error.GraphException;
import dev.trifocal.onnx.internal.operand.ConstantValue;
import dev.trifocal.onnx.internal.operand.NodeCall;
import dev.trifocal.onnx.internal.operand.NumberType;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** Folds arithmetic on constants. */
final class ElementwiseFolding {
  /** How an operator treats numbers that are multiples of the batch size. */
  enum Batches {
    /** Both operands and the result are multiples of the batch size, or none is. */
    ALIKE,
    /** Both operands are multiples of the batch size, or neither is; the result is not. */
    COMPARED,
    /**
     * Like {@link #COMPARED}, but the batch size may also be compared with non-positive numbers,
     * which it never equals; exporters do that.
     */
    EQUAL,
    /** No operand may be a multiple of the batch size. */
    NONE,
    /** At most one operand is a multiple of the batch size, and then so is the result. */
    PRODUCT,
    /**
     * The second operand is a multiple of the batch size only if the first is; then the result is
     * not.
     */
    QUOTIENT
  }

  private ElementwiseFolding() {}

  static Map<String, Folding.Single> rules() {
    Map<String, Folding.Single> rules = new HashMap<>();
    rules.put("Add", call -> two(call, Batches.ALIKE, Double::sum));
    rules.put("Sum", call -> two(call, Batches.ALIKE, Double::sum));
    rules.put("Sub", call -> two(call, Batches.ALIKE, (a, b) -> a - b));
    rules.put("Mul", call -> two(call, Batches.PRODUCT, (a, b) -> a * b));
    rules.put("Div", ElementwiseFolding::quotient);
    rules.put("Min", call -> two(call, Batches.ALIKE, Math::min));
    rules.put("Max", call -> two(call, Batches.ALIKE, Math::max));
    rules.put("Sum", call -> two(call, Batches.ALIKE, Double::sum));
    rules.put("Pow", call -> two(call, Batches.NONE, Math::pow));
    rules.put("Mod", ElementwiseFolding::remainder);
    rules.put("Equal", call -> truth(call, Batches.EQUAL, (a, b) -> a == b));
    rules.put("Less", call -> truth(call, Batches.COMPARED, (a, b) -> a < b));
    rules.put("Greater", call -> truth(call, Batches.COMPARED, (a, b) -> a > b));
    rules.put("LessOrEqual", call -> truth(call, Batches.COMPARED, (a, b) -> a <= b));
    rules.put("GreaterOrEqual", call -> truth(call, Batches.COMPARED, (a, b) -> a >= b));
    rules.put("And", call -> truth(call, Batches.COMPARED, (a, b) -> a != 0 && b != 0));
    rules.put("Or", call -> truth(call, Batches.COMPARED, (a, b) -> a != 0 || b != 0));
    rules.put("Xor", call -> truth(call, Batches.COMPARED, (a, b) -> (a != 0) != (b != 0)));
    rules.put("Not", call -> call.numbers(0).mapped(NumberType.BOOLEAN, x -> x == 0 ? 1 : 0));
    rules.put("Where", ElementwiseFolding::where);
    rules.put("Cast", ElementwiseFolding::cast);
    rules.put("Floor", call -> rounded(call, Math::floor));
    rules.put("Ceil", call -> rounded(call, Math::ceil));
    rules.put("Round", call -> rounded(call, Math::rint));
    rules.put("Sqrt", call -> one(call, Math::sqrt));
    rules.put("Exp", call -> one(call, Math::exp));
    rules.put("Log", call -> one(call, Math::log));
    rules.put("Sin", call -> one(call, Math::sin));
    rules.put("Cos", call -> one(call, Math::cos));
    rules.put("Tanh", call -> one(call, Math::tanh));
    rules.put("Sigmoid", call -> one(call, x -> 1 / (1 + Math.exp(-x))));
    rules.put("Relu", call -> one(call, x -> Math.max(x, 0)));
    rules.put("Sign", call -> one(call, Math::signum));
    rules.put("Abs", call -> one(call, Math::abs));
    rules.put("Neg", call -> one(call, x -> -x));
    rules.put("Reciprocal", call -> one(call, x -> 1 / x));
    return rules;
  }

  /** A predicate on two numbers. */
  @FunctionalInterface
  interface Test {
    boolean holds(double a, double b);
  }

  private static ConstantValue one(NodeCall call, DoubleUnaryOperator function) {
    call.file().make(call.numbers(0).count());
    return call.numbers(0).mapped(call.numbers(0).type(), function);
  }

  /** Rounds; integer multiples of the batch size are unchanged. */
  private static ConstantValue rounded(NodeCall call, DoubleUnaryOperator function) {
    ConstantValue x = call.numbers(0);
    if (x.fixed()) {
      return one(call, function);
    }
    for (int i = 0; i < x.count(); i++) {
      if (function.applyAsDouble(x.at(i)) != x.at(i)) {
        throw new GraphException("rounds a fraction of the batch size");
      }
    }
    return x;
  }

  private static ConstantValue truth(NodeCall call, Batches batches, Test test) {
    return two(call, batches, (a, b) -> test.holds(a, b) ? 1 : 0)
        .mapped(NumberType.BOOLEAN, x -> x);
  }

  private static ConstantValue two(NodeCall call, Batches batches, DoubleBinaryOperator function) {
    ConstantValue result = call.numbers(0);
    for (int i = 1; i < call.inputs().size(); i++) {
      result = two(call, result, call.numbers(i), batches, function);
    }
    return result;
  }

  /**
   * Folds Mod: the result has the sign of the divisor or, with {@code fmod}, that of the dividend.
   */
  private static ConstantValue remainder(NodeCall call) {
    return call.node().integer("fmod", 0) == 1
        ? two(call, Batches.ALIKE, (a, b) -> a % b)
        : two(call, Batches.ALIKE, (a, b) -> a - b * Math.floor(a / b));
  }

  private static ConstantValue quotient(NodeCall call) {
    boolean whole = call.numbers(0).type() == NumberType.INTEGER;
    ConstantValue exact = two(call, Batches.QUOTIENT, (a, b) -> a / b);
    return whole ? truncated(exact) : exact;
  }

  /**
   * Truncates towards zero.
   *
   * @throws GraphException if the result depends on the batch size
   */
  private static ConstantValue truncated(ConstantValue exact) {
    double[] values = new double[exact.count()];
    BitSet perBatch = new BitSet();
    for (int i = 0; i < values.length; i++) {
      values[i] = exact.at(i) < 0 ? Math.ceil(exact.at(i)) : Math.floor(exact.at(i));
      perBatch.set(i, exact.perBatch(i));
      if (Double.isNaN(values[i]) || Double.isInfinite(values[i])) {
        throw new GraphException("divides by zero");
      }
      if (exact.perBatch(i) && values[i] != exact.at(i)) {
        throw new GraphException("takes a fraction of the batch size");
      }
    }
    return ConstantValue.of(exact.sizes(), NumberType.INTEGER, values, perBatch);
  }

  private static ConstantValue two(
      NodeCall call,
      ConstantValue first,
      ConstantValue second,
      Batches batches,
      DoubleBinaryOperator function) {
    List<Integer> sizes = Indices.broadcast(first.sizes(), second.sizes());
    double[] values = new double[Indices.few(call, ConstantValue.count(sizes))];
    BitSet perBatch = new BitSet();
    int[] firstStrides = Indices.strides(first.sizes());
    int[] secondStrides = Indices.strides(second.sizes());
    int[] place = new int[sizes.size()];
    for (int i = 0; i < values.length; i++) {
      int a = Indices.spread(place, first.sizes(), firstStrides);
      int b = Indices.spread(place, second.sizes(), secondStrides);
      boolean never = batches == Batches.EQUAL && never(first, a, second, b);
      values[i] = never ? 0 : function.applyAsDouble(first.at(a), second.at(b));
      perBatch.set(i, !never && perBatch(batches, first.perBatch(a), second.perBatch(b)));
      Indices.advance(place, sizes);
    }
    return ConstantValue.of(sizes, first.type(), values, perBatch);
  }

  private static boolean never(ConstantValue first, int a, ConstantValue second, int b) {
    boolean one = first.perBatch(a) && first.at(a) > 0 && second.at(b) <= 0;
    boolean other = second.perBatch(b) && second.at(b) > 0 && first.at(a) <= 0;
    return one || other;
  }

  private static boolean perBatch(Batches batches, boolean first, boolean second) {
    boolean known =
        switch (batches) {
          case ALIKE, COMPARED, EQUAL -> first == second;
          case NONE -> !first && !second;
          case PRODUCT -> !(first && second);
          case QUOTIENT -> first || !second;
        };
    if (!known) {
      throw new GraphException("uses the batch size in an unsupported way");
    }
    return batches == Batches.ALIKE
        ? first
        : (batches == Batches.PRODUCT || batches == Batches.QUOTIENT) && first != second;
  }

  private static ConstantValue where(NodeCall call) {
    ConstantValue condition = call.numbers(0);
    ConstantValue yes = call.numbers(1);
    ConstantValue no = call.numbers(2);
    List<Integer> sizes =
        Indices.broadcast(condition.sizes(), Indices.broadcast(yes.sizes(), no.sizes()));
    double[] values = new double[Indices.few(call, ConstantValue.count(sizes))];
    BitSet perBatch = new BitSet();
    int[] place = new int[sizes.size()];
    for (int i = 0; i < values.length; i++) {
      int which = Indices.spread(place, condition.sizes(), Indices.strides(condition.sizes()));
      ConstantValue chosen = condition.at(which) == 0 ? no : yes;
      int index = Indices.spread(place, chosen.sizes(), Indices.strides(chosen.sizes()));
      values[i] = chosen.at(index);
      perBatch.set(i, chosen.perBatch(index));
      Indices.advance(place, sizes);
    }
    return ConstantValue.of(sizes, yes.type(), values, perBatch);
  }

  /**
   * Folds Cast. In ONNX's numbering, types 1, 10, 11 and 16 are real, 9 is boolean and 8 is text.
   */
  private static ConstantValue cast(NodeCall call) {
    ConstantValue x = call.numbers(0);
    call.file().make(x.count());
    int to = (int) call.node().integer("to", 0);
    return switch (to) {
      case 1, 10, 11, 16 -> x.as(NumberType.REAL);
      case 9 -> x.mapped(NumberType.BOOLEAN, value -> value == 0 ? 0 : 1);
      case 2, 3, 4, 5, 6, 7, 12, 13 ->
          x.type() == NumberType.REAL ? truncated(x) : x.as(NumberType.INTEGER);
      default ->
          throw new GraphException("casts to ONNX type %d, which is not supported".formatted(to));
    };
  }
}
