package dev.trifocal.error;

/** A backend cannot run or train a graph; the message lists every node in the way. */
public final class UnsupportedLayerException extends TrifocalException {
  public UnsupportedLayerException(String message) {
    super(message);
  }

  public UnsupportedLayerException(String message, Throwable cause) {
    super(message, cause);
  }
}
