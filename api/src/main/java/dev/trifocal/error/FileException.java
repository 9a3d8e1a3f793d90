package dev.trifocal.error;

/** A file is missing, truncated, corrupt, foreign, or cannot be written. */
public final class FileException extends TrifocalException {
  public FileException(String message) {
    super(message);
  }

  public FileException(String message, Throwable cause) {
    super(message, cause);
  }
}
