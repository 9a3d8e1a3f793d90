package dev.trifocal.layer;

import dev.trifocal.shape.Shape;
import java.util.List;

/** A layer on inputs that suit it, and the shape that must come out. */
record LayerCase(Layer layer, List<Shape> inputs, Shape output) {
  static LayerCase of(Layer layer, Shape output, Shape... inputs) {
    return new LayerCase(layer, List.of(inputs), output);
  }
}
