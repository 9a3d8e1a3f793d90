package dev.trifocal.error;

/** Thrown when a backend cannot run or train a graph; the message lists every unsupported node. */
public final class UnsupportedLayerException extends TrifocalException {
  public UnsupportedLayerException(String message) {
    super(message);
  }

  public UnsupportedLayerException(String message, Throwable cause) {
    super(message, cause);
  }
}
