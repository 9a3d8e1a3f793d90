package dev.trifocal.error;

/**
 * Thrown when data does not suit the model or the task: labels out of range, wrong shapes, wrong
 * number of classes.
 */
public final class DataException extends TrifocalException {
  public DataException(String message) {
    super(message);
  }

  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
