package dev.trifocal.onnx.internal.operator;

import dev.trifocal.onnx.internal.operand.NodeCall;
import dev.trifocal.onnx.internal.operand.Operand;
import dev.trifocal.onnx.internal.operand.Operator;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The supported operators. */
public final class OperatorTable {
  private final Map<String, Operator> byName = new TreeMap<>();

  private OperatorTable() {
    Stream.of(
            ConvolutionOps.operators(),
            PoolOps.operators(),
            MatMulOps.operators(),
            NormOps.operators(),
            LayerNormOps.operators(),
            ActivationOps.operators(),
            MinMaxOps.operators(),
            SoftmaxOps.operators(),
            ArithmeticOps.operators(),
            ReductionOps.operators(),
            ReshapeOps.operators(),
            TransposePadOps.operators(),
            ConcatSliceOps.operators(),
            ExpandTileOps.operators(),
            ResizeOps.operators(),
            IdentityOps.operators())
        .flatMap(List::stream)
        .forEach(this::enter);
  }

  private void enter(Operator operator) {
    if (byName.put(operator.name(), operator) != null) {
      throw new IllegalStateException(operator.name() + " is registered twice");
    }
  }

  public static OperatorTable standard() {
    return new OperatorTable();
  }

  /** Returns the operator with an ONNX operator type. */
  public Optional<Operator> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** Returns all operators, sorted by name. */
  public Collection<Operator> all() {
    return List.copyOf(byName.values());
  }

  /** Returns the result of a node if it is the last one of a pattern that composes a layer. */
  public Optional<List<Operand>> spelled(NodeCall call) {
    return ActivationPatterns.read(call)
        .or(() -> GroupNormPattern.read(call))
        .or(() -> LocalResponseNormPattern.read(call))
        .map(List::of);
  }
}
