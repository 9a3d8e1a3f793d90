package dev.trifocal.download;

import java.util.OptionalLong;

/** Receives download events on the downloading thread. */
public interface DownloadListener {
  /**
   * Called when a download starts or resumes.
   *
   * @param file display name of the file
   * @param present bytes left from an earlier, interrupted download
   * @param total size of the whole file in bytes, if known
   */
  default void started(String file, long present, OptionalLong total) {}

  /**
   * Called when more bytes have been received.
   *
   * @param received bytes of the file received so far
   */
  default void received(String file, long received, OptionalLong total) {}

  /** Called when the file has been verified and moved to its target. */
  default void finished(String file) {}
}
