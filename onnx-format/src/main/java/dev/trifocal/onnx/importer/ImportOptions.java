package dev.trifocal.onnx.importer;

import dev.trifocal.shape.Shape;
import java.util.Optional;

/**
 * What a file leaves open.
 *
 * @param input shape of one sample {@code [C, H, W]}, for the first input; empty for what the file
 *     says
 * @param ifOpen the same, for a file that does not say it; for channels that the file says are
 *     last, {@code [H, W, C]} will do
 */
public record ImportOptions(Optional<Shape> input, Optional<Shape> ifOpen) {
  public static final ImportOptions DEFAULT = new ImportOptions(Optional.empty(), Optional.empty());

  public ImportOptions input(Shape shape) {
    return new ImportOptions(Optional.of(shape), ifOpen);
  }

  /** These options, or for a size that is open still, another. */
  ImportOptions or(Optional<Shape> shape) {
    return new ImportOptions(input, ifOpen.or(() -> shape));
  }

  public ImportOptions ifOpen(Shape shape) {
    return new ImportOptions(input, Optional.of(shape));
  }
}
