package dev.trifocal.error;

/** Thrown when a callback of a training run fails; the callback's exception is the cause. */
public final class CallbackException extends TrifocalException {
  private static final long serialVersionUID = 1;

  public CallbackException(String message, Throwable cause) {
    super(message, cause);
  }
}
