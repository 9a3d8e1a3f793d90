package dev.trifocal.onnx.importer;

import dev.trifocal.error.TrifocalException;

/**
 * An input whose size neither the file nor the options give. {@link OnnxImporter} reports it as the
 * cause of a {@link dev.trifocal.error.GraphException}.
 */
public final class OpenSizeException extends TrifocalException {
  /**
   * Creates an exception.
   *
   * @param message the input and its sizes, without a hint at the option that sets them
   */
  public OpenSizeException(String message) {
    super(message);
  }
}
