package dev.trifocal.error;

/**
 * A graph cannot be drawn or changed as asked: shapes that do not fit, a path that is not there.
 */
public final class GraphException extends TrifocalException {
  public GraphException(String message) {
    super(message);
  }

  public GraphException(String message, Throwable cause) {
    super(message, cause);
  }
}
