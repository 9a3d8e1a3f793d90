package dev.trifocal.error;

/** Thrown when training diverges to a loss that is not finite; the message names the step. */
public final class DivergedException extends TrifocalException {
  public DivergedException(String message) {
    super(message);
  }

  public DivergedException(String message, Throwable cause) {
    super(message, cause);
  }
}
