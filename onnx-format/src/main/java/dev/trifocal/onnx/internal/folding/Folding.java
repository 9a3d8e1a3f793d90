package dev.trifocal.onnx.internal.folding;

import dev.trifocal.onnx.internal.operand.ConstantValue;
import dev.trifocal.onnx.internal.operand.NodeCall;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Evaluates operators on constants, by the operators' names. */
public final class Folding {
  /** Evaluates an operator on constants. */
  @FunctionalInterface
  interface Rule {
    List<ConstantValue> fold(NodeCall call);
  }

  /** Evaluates an operator with one output on constants. */
  @FunctionalInterface
  interface Single {
    ConstantValue fold(NodeCall call);
  }

  /** Operators that turn a constant into data if they repeat it for each sample. */
  private static final Set<String> SPREADING = Set.of("Expand", "Tile");

  private final Map<String, Rule> rules;

  private Folding(Map<String, Rule> rules) {
    this.rules = rules;
  }

  public static Folding standard() {
    Map<String, Rule> rules = new HashMap<>();
    ConstantAndShapeFolding.RULES.forEach(
        (name, rule) -> rules.put(name, call -> List.of(rule.fold(call))));
    ShapeOpFolding.RULES.forEach((name, rule) -> rules.put(name, call -> List.of(rule.fold(call))));
    ElementwiseFolding.rules()
        .forEach((name, rule) -> rules.put(name, call -> List.of(rule.fold(call))));
    ReductionFolding.rules()
        .forEach((name, rule) -> rules.put(name, call -> List.of(rule.fold(call))));
    rules.put("Split", ShapeOpFolding::split);
    rules.put("DequantizeLinear", call -> List.of(Dequantisation.fold(call)));
    return new Folding(Map.copyOf(rules));
  }

  /**
   * Returns whether an operator can be part of arithmetic on shapes, in which case an unsupported
   * input is the cause and not the operator itself.
   */
  public boolean worksOnSizes(String operator) {
    return rules.containsKey(operator) && !operator.equals("DequantizeLinear");
  }

  /** Returns the operators that are folded if all of their inputs are constant. */
  public Set<String> operators() {
    return rules.keySet();
  }

  /** Returns whether a node can be folded: its inputs are constant, or it only needs a shape. */
  public boolean applies(NodeCall call) {
    boolean constant =
        IntStream.range(0, call.inputs().size())
            .allMatch(i -> !call.has(i) || call.operand(i) instanceof ConstantValue);
    boolean spread =
        SPREADING.contains(call.node().operator())
            && call.has(1)
            && call.operand(1) instanceof ConstantValue target
            && !target.fixed();
    return rules.containsKey(call.node().operator())
        && !spread
        && (constant || ConstantAndShapeFolding.SIZES.contains(call.node().operator()));
  }

  /**
   * Returns the outputs of a node.
   *
   * @throws dev.trifocal.error.TrifocalException if the node is invalid, or depends on the batch
   *     size in an unsupported way
   */
  public List<ConstantValue> fold(NodeCall call) {
    return rules.get(call.node().operator()).fold(call);
  }
}
