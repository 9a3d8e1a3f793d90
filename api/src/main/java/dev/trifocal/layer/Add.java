package dev.trifocal.layer;

import dev.trifocal.shape.Shape;
import java.util.List;

/**
 * Elementwise sum of two or more inputs of the same rank. Axes of size 1 are broadcast: {@code [C,
 * H, W]} plus {@code [C, 1, 1]}.
 */
public record Add() implements Layer {
  @Override
  public Shape outputShape(List<Shape> inputs) {
    return InputChecks.broadcast(this, InputChecks.several(this, inputs));
  }

  @Override
  public ScoreValue scores(String name, List<ScoreValue> inputs) {
    return ScoreValue.sum(name, inputs);
  }

  @Override
  public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
    return visitor.add(this, context);
  }
}
