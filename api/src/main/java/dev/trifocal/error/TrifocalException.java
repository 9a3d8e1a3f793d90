package dev.trifocal.error;

/**
 * A user error. The message names the item at fault, the problem and the remedy. The command line
 * shows it without a stack trace and exits with 2.
 */
public class TrifocalException extends RuntimeException {
  public TrifocalException(String message) {
    super(message);
  }

  public TrifocalException(String message, Throwable cause) {
    super(message, cause);
  }
}
