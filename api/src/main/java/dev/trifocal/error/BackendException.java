package dev.trifocal.error;

/**
 * Thrown when an engine fails for reasons other than a user error. The command line exits with 1.
 */
public final class BackendException extends RuntimeException {
  public BackendException(String message, Throwable cause) {
    super(message, cause);
  }
}
