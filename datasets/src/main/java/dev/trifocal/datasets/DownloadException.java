package dev.trifocal.datasets;

/** A download failed for a reason outside this machine; the message is the bare reason. */
final class DownloadException extends Exception {
  DownloadException(String message) {
    super(message);
  }

  DownloadException(String message, Throwable cause) {
    super(message, cause);
  }
}
