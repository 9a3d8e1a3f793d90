package dev.trifocal.layer;

import dev.trifocal.error.GraphException;
import dev.trifocal.shape.Shape;
import java.util.List;

/**
 * {@code x * scale[c] + shift[c]} with constants per channel: preprocessing as part of the model,
 * such as {@code (p / 255 - mean) / std}. A single scale and shift apply to all elements of any
 * shape.
 */
public record Affine(List<Float> scale, List<Float> shift) implements Layer {
  public Affine {
    scale = List.copyOf(scale);
    shift = List.copyOf(shift);
    if (scale.size() != shift.size() || scale.isEmpty()) {
      throw new GraphException(
          "(Affine) needs as many scales as shifts, but has %d and %d"
              .formatted(scale.size(), shift.size()));
    }
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape shape = InputChecks.one(this, inputs);
    if (scale.size() > 1 && (shape.rank() == 0 || shape.size(0) != scale.size())) {
      throw new GraphException(
          "(Affine) has %d channels, but its input is %s".formatted(scale.size(), shape));
    }
    return shape;
  }

  @Override
  public ScoreValue scores(String name, List<ScoreValue> inputs) {
    boolean same = scale.stream().distinct().count() == 1 && shift.stream().distinct().count() == 1;
    return same ? inputs.get(0).scaled(name, scale.get(0), shift.get(0)) : ScoreValue.unknown(name);
  }

  @Override
  public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
    return visitor.affine(this, context);
  }
}
