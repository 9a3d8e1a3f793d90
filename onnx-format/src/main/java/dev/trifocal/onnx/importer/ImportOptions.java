package dev.trifocal.onnx.importer;

import dev.trifocal.shape.Shape;
import java.util.Optional;

/**
 * What a file leaves open.
 *
 * @param input shape of one sample {@code [C, H, W]}, for the first input; empty for what the file
 *     says
 */
public record ImportOptions(Optional<Shape> input) {
  public static final ImportOptions DEFAULT = new ImportOptions(Optional.empty());

  public ImportOptions input(Shape shape) {
    return new ImportOptions(Optional.of(shape));
  }
}
