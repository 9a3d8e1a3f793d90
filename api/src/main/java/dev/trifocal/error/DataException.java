package dev.trifocal.error;

/** Data is not what the model or the task needs: labels out of range, shapes, class counts. */
public final class DataException extends TrifocalException {
  public DataException(String message) {
    super(message);
  }

  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
