package dev.trifocal.error;

/**
 * Thrown when an engine cannot allocate memory. What it was computing is lost, so that training
 * goes on from the last checkpoint.
 */
public final class EngineMemoryException extends TrifocalException {
  private final String reason;

  private EngineMemoryException(String message, String reason, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /**
   * Returns the exception with the usual advice.
   *
   * @param work what the engine was doing, such as the name of the graph
   * @param reason what the engine reports
   */
  public static EngineMemoryException of(String work, String reason, Throwable cause) {
    return new EngineMemoryException(
        "%s: not enough memory; use a smaller batch size or smaller images, or raise the memory limit of the process (%s)"
            .formatted(work, reason),
        reason,
        cause);
  }

  /** Returns the exception for the same reason with another message, which names the cures. */
  public EngineMemoryException advising(String message) {
    return new EngineMemoryException(message, reason, this);
  }

  /** Returns what the engine reports. */
  public String reason() {
    return reason;
  }
}
