package dev.trifocal.download;

import java.util.OptionalLong;

/** Told of downloads, on the thread that downloads. */
public interface DownloadListener {
  /**
   * A download begins or goes on.
   *
   * @param file the name of the file
   * @param present bytes that an earlier, interrupted download left
   * @param total bytes of the whole file, where the server says so
   */
  default void started(String file, long present, OptionalLong total) {}

  /**
   * More bytes have arrived.
   *
   * @param received bytes of the file that are here now
   */
  default void received(String file, long received, OptionalLong total) {}

  /** The file is complete, its checksum is right, and it is in its place. */
  default void finished(String file) {}
}
