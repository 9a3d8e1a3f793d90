package dev.trifocal.error;

/** Training produced a loss that is not a number; the message says at which step. */
public final class DivergedException extends TrifocalException {
  public DivergedException(String message) {
    super(message);
  }

  public DivergedException(String message, Throwable cause) {
    super(message, cause);
  }
}
