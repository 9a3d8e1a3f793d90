package dev.trifocal.graph;

import dev.trifocal.layer.LayerSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * Layers and blocks applied in sequence and named by their index, like PyTorch's {@code
 * Sequential}. In {@code block("features", Sequential.of(conv(8, 3), relu()))} the paths are {@code
 * features.0} and {@code features.1}. If a block already contains numbered nodes, numbering
 * continues after them.
 */
public final class Sequential implements UnaryOperator<Value> {
  /** Functions that apply a layer or block to a value under a given name. */
  private final List<BiFunction<Value, String, Value>> parts;

  private Sequential(List<BiFunction<Value, String, Value>> parts) {
    this.parts = List.copyOf(parts);
  }

  public static Sequential of(LayerSpec... layers) {
    return of(Arrays.asList(layers));
  }

  public static Sequential of(List<? extends LayerSpec> layers) {
    Sequential result = new Sequential(List.of());
    for (LayerSpec layer : layers) {
      result = result.then(layer);
    }
    return result;
  }

  /** Returns this sequence with a layer appended. */
  public Sequential then(LayerSpec layer) {
    return with((value, name) -> value.then(name, layer));
  }

  /**
   * Returns this sequence with a block appended, whose node names start with its index and a dot.
   */
  public Sequential then(UnaryOperator<Value> block) {
    return with((value, name) -> value.block(name, block));
  }

  @Override
  public Value apply(Value input) {
    int number = input.nextNumber();
    Value value = input;
    for (BiFunction<Value, String, Value> part : parts) {
      value = part.apply(value, String.valueOf(number++));
    }
    return value;
  }

  private Sequential with(BiFunction<Value, String, Value> part) {
    List<BiFunction<Value, String, Value>> more = new ArrayList<>(parts);
    more.add(part);
    return new Sequential(more);
  }
}
