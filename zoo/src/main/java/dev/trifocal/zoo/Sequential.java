package dev.trifocal.zoo;

import dev.trifocal.graph.Value;
import dev.trifocal.layer.Drawable;
import java.util.List;

/** Layers one after another, named by their place: PyTorch's {@code Sequential}. */
interface Sequential {
  /** The first layer is {@code 0}. */
  static Value draw(Value input, List<? extends Drawable> layers) {
    Value value = input;
    for (int i = 0; i < layers.size(); i++) {
      value = value.then(String.valueOf(i), layers.get(i));
    }
    return value;
  }
}
