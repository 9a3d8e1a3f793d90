package dev.trifocal.error;

/** A metric failed, or gave what is not a finite number. */
public final class MetricException extends TrifocalException {
  public MetricException(String message) {
    super(message);
  }

  public MetricException(String message, Throwable cause) {
    super(message, cause);
  }
}
