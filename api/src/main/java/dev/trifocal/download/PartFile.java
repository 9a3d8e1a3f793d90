package dev.trifocal.download;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The beginning of a file, as far as it has come, and beside it what its server calls this version
 * of the file (its ETag).
 */
final class PartFile {
  private final FileChannel channel;
  private final Path etag;

  PartFile(Path part, FileChannel channel) {
    this.channel = channel;
    this.etag = part.resolveSibling(part.getFileName() + ".etag");
  }

  long size() throws IOException {
    return channel.size();
  }

  /** The version that the beginning is of; empty if that is not known. */
  Optional<String> version() throws IOException {
    return size() > 0 && Files.exists(etag)
        ? Optional.of(Files.readString(etag).strip())
        : Optional.empty();
  }

  /** Begins anew with another version. */
  void begin(Optional<String> version) throws IOException {
    clear();
    if (version.isPresent()) {
      Files.writeString(etag, version.get());
    }
  }

  void append(ByteBuffer bytes) throws IOException {
    channel.position(channel.size());
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  void clear() throws IOException {
    Files.deleteIfExists(etag);
    channel.truncate(0);
  }

  /** What is wrong with the file, which is whole now. */
  Optional<String> problem(FileCheck check) throws IOException {
    // Not by a second stream on the file: closing that would release the lock.
    InputStream content = Channels.newInputStream(channel.position(0));
    return check.problem(content, channel.size());
  }

  /** Makes what has arrived last, and leaves nothing beside it. */
  void finish() throws IOException {
    channel.force(true);
    Files.deleteIfExists(etag);
  }
}
