package dev.trifocal.error;

/**
 * Weights do not fit a graph; all missing, unexpected and misshapen entries stand in one message.
 */
public final class WeightsException extends TrifocalException {
  public WeightsException(String message) {
    super(message);
  }

  public WeightsException(String message, Throwable cause) {
    super(message, cause);
  }
}
