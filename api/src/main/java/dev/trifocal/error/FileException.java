package dev.trifocal.error;

/** Thrown when a file is missing, truncated, corrupt, of another format, or cannot be written. */
public final class FileException extends TrifocalException {
  public FileException(String message) {
    super(message);
  }

  public FileException(String message, Throwable cause) {
    super(message, cause);
  }
}
