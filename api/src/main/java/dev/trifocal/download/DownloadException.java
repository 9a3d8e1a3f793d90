package dev.trifocal.download;

import java.util.OptionalInt;

/** A download failed for a reason outside this machine; the message is the bare reason. */
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

  /** What a server answered in place of the file. */
  static DownloadException answered(int status, String more) {
    return new DownloadException(status, "the server answered %d%s".formatted(status, more));
  }

  /** The HTTP status, if a server answered with another than expected. */
  public OptionalInt status() {
    return status;
  }
}
