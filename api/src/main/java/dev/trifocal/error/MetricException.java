package dev.trifocal.error;

/** Thrown when a metric fails or its result is not a finite number. */
public final class MetricException extends TrifocalException {
  public MetricException(String message) {
    super(message);
  }

  public MetricException(String message, Throwable cause) {
    super(message, cause);
  }
}
