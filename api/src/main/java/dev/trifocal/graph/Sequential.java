package dev.trifocal.graph;

import dev.trifocal.layer.LayerSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * Layers and blocks one after another, named by their place: PyTorch's {@code Sequential}. Within
 * {@code block("features", Sequential.of(conv(8, 3), relu()))} the paths are {@code features.0} and
 * {@code features.1}. Where numbers are taken at a place, those of a further one go on behind them.
 */
public final class Sequential implements UnaryOperator<Value> {
  /** Each draws itself onto a value, under a name. */
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

  /** This with one more layer behind it. */
  public Sequential then(LayerSpec layer) {
    return with((value, name) -> value.then(name, layer));
  }

  /** This with a block behind it, whose names begin with its number and a dot. */
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
