package dev.trifocal.layer;

import dev.trifocal.error.GraphException;
import dev.trifocal.shape.Shape;
import java.util.List;

/**
 * A slice along an axis of a sample: {@code x[..., start:end:step, ...]}. {@code 0 <= start < end
 * <= size}, {@code step >= 1}.
 *
 * @param axis axis of a sample, 0 for channels
 */
public record Slice(int axis, int start, int end, int step) implements Layer {
  public Slice {
    if (axis < 0 || start < 0 || end <= start || step < 1) {
      throw new GraphException(
          "(Slice) needs axis >= 0, 0 <= start < end and step >= 1, but has axis %d, start %d, end %d, step %d"
              .formatted(axis, start, end, step));
    }
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape shape = InputChecks.one(this, inputs);
    InputChecks.requireAxis(this, shape, axis);
    if (end > shape.size(axis)) {
      throw new GraphException(
          "(Slice) ends at %d, but axis %d of %s has %d"
              .formatted(end, axis, shape, shape.size(axis)));
    }
    return shape.with(axis, (end - start + step - 1) / step);
  }

  @Override
  public ScoreValue scores(String name, List<ScoreValue> inputs) {
    return inputs.get(0).part(name);
  }

  @Override
  public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
    return visitor.slice(this, context);
  }
}
