package dev.trifocal.error;

/**
 * Thrown when weights do not match a graph; the message lists all missing and unexpected entries
 * and those of the wrong shape.
 */
public final class WeightsException extends TrifocalException {
  public WeightsException(String message) {
    super(message);
  }

  public WeightsException(String message, Throwable cause) {
    super(message, cause);
  }
}
