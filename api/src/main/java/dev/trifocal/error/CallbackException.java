package dev.trifocal.error;

/** A callback of a training run failed; its own exception is the cause. */
public final class CallbackException extends TrifocalException {
  private static final long serialVersionUID = 1;

  public CallbackException(String message, Throwable cause) {
    super(message, cause);
  }
}
