package dev.trifocal.download;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The part of a file received so far, with the file's ETag stored next to it. */
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

  /** Returns the ETag of the file that the part belongs to, if known. */
  Optional<String> version() throws IOException {
    return size() > 0 && Files.exists(etag)
        ? Optional.of(Files.readString(etag).strip())
        : Optional.empty();
  }

  /** Discards the part and starts over with another version. */
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

  /** Verifies the complete file and returns the problem, if any. */
  Optional<String> problem(FileCheck check) throws IOException {
    // Use the same channel: closing a second one on the file would release the lock.
    InputStream content = Channels.newInputStream(channel.position(0));
    return check.problem(content, channel.size());
  }

  /** Forces the file to disk and deletes its ETag. */
  void finish() throws IOException {
    channel.force(true);
    Files.deleteIfExists(etag);
  }
}
