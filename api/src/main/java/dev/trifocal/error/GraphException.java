package dev.trifocal.error;

/** Thrown when a graph cannot be built or transformed: incompatible shapes, an unknown path. */
public final class GraphException extends TrifocalException {
  public GraphException(String message) {
    super(message);
  }

  public GraphException(String message, Throwable cause) {
    super(message, cause);
  }
}
