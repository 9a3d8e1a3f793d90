package dev.trifocal.error;

/**
 * A mistake that the user can mend: the message names the thing, what is wrong with it, and the
 * cure. It is shown without a stack trace, and the command line exits with 2.
 */
public class TrifocalException extends RuntimeException {
  public TrifocalException(String message) {
    super(message);
  }

  public TrifocalException(String message, Throwable cause) {
    super(message, cause);
  }
}
