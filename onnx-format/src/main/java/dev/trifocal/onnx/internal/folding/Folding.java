package dev.trifocal.onnx.internal.folding;

import dev.trifocal.onnx.internal.operand.ConstantValue;
import dev.trifocal.onnx.internal.operand.NodeCall;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** What operators make of constants, by the name of the operator. */
public final class Folding {
  /** What one operator makes of constants. */
  @FunctionalInterface
  interface Rule {
    List<ConstantValue> fold(NodeCall call);
  }

  /** What an operator with one output makes of constants. */
  @FunctionalInterface
  interface Single {
    ConstantValue fold(NodeCall call);
  }

  /** These make data of a constant if they repeat it for each sample. */
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
   * Whether an operator may be part of arithmetic on sizes, so that what its input lacks is to
   * blame and not the operator.
   */
  public boolean worksOnSizes(String operator) {
    return rules.containsKey(operator) && !operator.equals("DequantizeLinear");
  }

  /** Operators of which a node disappears if it reads constants only. */
  public Set<String> operators() {
    return rules.keySet();
  }

  /** Whether a node can be worked out: it reads constants only, or asks for a size. */
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
   * @throws dev.trifocal.error.TrifocalException if the node is faulty, or depends on the batch
   *     size in a way that is not known here
   */
  public List<ConstantValue> fold(NodeCall call) {
    return rules.get(call.node().operator()).fold(call);
  }
}
