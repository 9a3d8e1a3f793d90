package dev.trifocal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The one place where files are written: under another name beside the target, forced to the disk,
 * then moved over it. Whoever looks sees the old file or the new one, whole, whatever happens.
 */
public final class AtomicFile {
  /** Writes what a file shall contain. */
  @FunctionalInterface
  public interface Content {
    void to(WritableByteChannel channel) throws IOException;
  }

  private AtomicFile() {}

  /**
   * Creates or replaces {@code target}, and the folders above it where they are missing.
   *
   * @throws dev.trifocal.error.FileException if that fails, a full disk included; the target is
   *     then as it was, and nothing else is left behind
   */
  public static void write(Path target, Content content) {
    Path whole = target.toAbsolutePath();
    try {
      Files.createDirectories(whole.getParent());
      replace(whole, content);
    } catch (IOException e) {
      throw FileFailure.writing(target, e);
    }
  }

  /** As {@link #write(Path, Content)}, text in UTF-8. */
  public static void write(Path target, String text) {
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
    write(target, channel -> writeFully(channel, bytes));
  }

  /** Writes all that remains in the buffer. */
  public static void writeFully(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Makes renames within a folder survive a loss of power, where the system lets us. */
  public static void force(Path folder) throws IOException {
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private static void replace(Path target, Content content) throws IOException {
    Path temporary = create(target);
    try {
      try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
        content.to(channel);
        channel.force(true);
      }
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | RuntimeException | Error e) {
      Files.deleteIfExists(temporary);
      throw e;
    }
    force(target.getParent());
  }

  private static Path create(Path target) throws IOException {
    for (int attempt = 0; ; attempt++) {
      String name =
          ".%s.%s-%s.tmp".formatted(target.getFileName(), ProcessHandle.current().pid(), attempt);
      try {
        // Files.createTempFile would hide the finished file from everyone else by its permissions.
        return Files.createFile(target.resolveSibling(name));
      } catch (FileAlreadyExistsException e) {
        if (attempt >= 1000) {
          throw e;
        }
      }
    }
  }
}
