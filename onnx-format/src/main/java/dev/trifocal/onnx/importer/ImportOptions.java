package dev.trifocal.onnx.importer;

import dev.trifocal.shape.Shape;
import java.util.Map;
import java.util.Optional;

/**
 * Sizes for inputs whose size a file leaves open.
 *
 * @param input shape of one sample, {@code [C, H, W]}, for the first input; empty to use the size
 *     in the file
 * @param ifOpen like {@code input}, but used only if the file leaves the size open; if the file
 *     declares its channels last, {@code [H, W, C]} is accepted too
 * @param samples like {@code ifOpen}, but for any inputs, by their names in the file
 */
public record ImportOptions(
    Optional<Shape> input, Optional<Shape> ifOpen, Map<String, Shape> samples) {
  /** Uses the sizes in the file; open sizes are an error. */
  public static final ImportOptions DEFAULT = new ImportOptions(Optional.empty(), Optional.empty());

  public ImportOptions {
    samples = Map.copyOf(samples);
  }

  /** Creates options for the first input. */
  public ImportOptions(Optional<Shape> input, Optional<Shape> ifOpen) {
    this(input, ifOpen, Map.of());
  }

  /** Returns these options with another shape of one sample of the first input. */
  public ImportOptions input(Shape shape) {
    return new ImportOptions(Optional.of(shape), ifOpen, samples);
  }

  /** Returns these options with a fallback for {@code ifOpen}. */
  ImportOptions or(Optional<Shape> shape) {
    return new ImportOptions(input, ifOpen.or(() -> shape), samples);
  }

  /** Returns these options with another shape for an input whose size is open. */
  public ImportOptions ifOpen(Shape shape) {
    return new ImportOptions(input, Optional.of(shape), samples);
  }
}
