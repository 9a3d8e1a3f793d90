package dev.trifocal.datasets;

import dev.trifocal.error.FileException;
import dev.trifocal.file.FileFailure;
import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.ZipException;

/**
 * Downloads files whole or not at all. What has arrived lies in {@code <name>.part} until it is
 * complete and its checksum is right; a later attempt goes on from there.
 */
final class Downloader {
  private final Transfer transfer;
  private final DownloadListener listener;

  Downloader(DownloadListener listener) {
    this.transfer = new Transfer(listener);
    this.listener = listener;
  }

  /**
   * @throws DownloadException if the network or the server fails; what has arrived is kept
   * @throws FileException if the file cannot be written, or another process is at it
   */
  void fetch(URI source, Path target, Checksum checksum) throws DownloadException {
    Path part = target.resolveSibling(target.getFileName() + ".part");
    try {
      Files.createDirectories(target.getParent());
      try (FileChannel channel =
          FileChannel.open(
              part, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        lock(part, channel);
        complete(source, channel, checksum);
      }
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw FileFailure.writing(target, e);
    }
    listener.finished(target.getFileName().toString());
  }

  private void complete(URI source, FileChannel channel, Checksum checksum)
      throws IOException, DownloadException {
    boolean resumed = channel.size() > 0;
    if (resumed && digest(channel, checksum).equals(checksum.hex())) {
      return;
    }
    transfer.run(source, channel);
    String actual = digest(channel, checksum);
    if (resumed && !actual.equals(checksum.hex())) {
      // The beginning may be of another file than the rest.
      channel.truncate(0);
      transfer.run(source, channel);
      actual = digest(channel, checksum);
    }
    if (!actual.equals(checksum.hex())) {
      channel.truncate(0);
      throw new DownloadException(
          "what arrived is not the file: its %s is %s, expected %s"
              .formatted(checksum.algorithm(), actual, checksum.hex()));
    }
  }

  private static String digest(FileChannel channel, Checksum checksum) throws IOException {
    try {
      // Not by a second stream on the file: closing that would release the lock.
      return checksum.of(Channels.newInputStream(channel.position(0)));
    } catch (ZipException | EOFException e) {
      return "that of no whole gzip file";
    }
  }

  /** Keeps others out until the channel closes. */
  private static void lock(Path part, FileChannel channel) throws IOException {
    boolean alone;
    try {
      alone = channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      alone = false;
    }
    if (!alone) {
      throw new FileException(part + ": is being downloaded elsewhere; wait until that is done");
    }
  }
}
