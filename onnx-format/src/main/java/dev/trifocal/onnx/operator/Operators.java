package dev.trifocal.onnx.operator;

import dev.trifocal.onnx.operand.Call;
import dev.trifocal.onnx.operand.Operand;
import dev.trifocal.onnx.operand.Operator;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Every operator that can be read. */
public final class Operators {
  private final Map<String, Operator> byName = new TreeMap<>();

  private Operators() {
    Stream.of(
            Convolutions.operators(),
            Pools.operators(),
            Products.operators(),
            Norms.operators(),
            LayerNorms.operators(),
            Activations.operators(),
            Extremes.operators(),
            Softmaxes.operators(),
            Arithmetic.operators(),
            Reductions.operators(),
            Reshapes.operators(),
            Moves.operators(),
            Parts.operators(),
            Repeats.operators(),
            Resizes.operators(),
            Passing.operators())
        .flatMap(List::stream)
        .forEach(this::enter);
  }

  private void enter(Operator operator) {
    if (byName.put(operator.name(), operator) != null) {
      throw new IllegalStateException(operator.name() + " is read in two ways");
    }
  }

  public static Operators standard() {
    return new Operators();
  }

  /** By the operator's name in ONNX. */
  public Optional<Operator> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** In the order of their names. */
  public Collection<Operator> all() {
    return List.copyOf(byName.values());
  }

  /** What a node makes if it is the last one of several that spell a layer. */
  public Optional<List<Operand>> spelled(Call call) {
    return Spellings.read(call)
        .or(() -> GroupNormSpelling.read(call))
        .or(() -> ResponseNormSpelling.read(call))
        .map(List::of);
  }
}
