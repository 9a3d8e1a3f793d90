package dev.trifocal.error;

/** An engine failed where the user made no mistake; the command line exits with 1. */
public final class BackendException extends RuntimeException {
  public BackendException(String message, Throwable cause) {
    super(message, cause);
  }
}
