package dev.trifocal.layer;

import dev.trifocal.error.GraphException;
import dev.trifocal.shape.Shape;
import java.util.List;

/** Elementwise sum of inputs of one shape. */
public record Add() implements Layer {
  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape first = Inputs.several(this, inputs).get(0);
    for (Shape other : inputs) {
      if (!other.equals(first)) {
        throw new GraphException("(Add) needs inputs of one shape, but has " + Inputs.list(inputs));
      }
    }
    return first;
  }

  @Override
  public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
    return visitor.add(this, context);
  }
}
