package dev.trifocal.download;

import java.util.OptionalInt;

/**
 * Thrown when a download fails because of the network or the server. The message states only the
 * reason.
 */
public final class DownloadException extends Exception {
  private final transient OptionalInt status;

  DownloadException(String message) {
    super(message);
    this.status = OptionalInt.empty();
  }

  DownloadException(String message, Throwable cause) {
    super(message, cause);
    this.status = OptionalInt.empty();
  }

  private DownloadException(int status, String message) {
    super(message);
    this.status = OptionalInt.of(status);
  }

  /** Returns an exception for an unexpected response status. */
  static DownloadException answered(int status, String more) {
    return new DownloadException(
        status, "the server responded with status %d%s".formatted(status, more));
  }

  /** Returns the HTTP status, if the server responded with an unexpected one. */
  public OptionalInt status() {
    return status;
  }
}
