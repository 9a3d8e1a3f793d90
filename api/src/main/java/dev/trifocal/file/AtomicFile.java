package dev.trifocal.file;

import dev.trifocal.error.FileException;
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
 * Writes files atomically: the content is written to a temporary file next to the target, forced to
 * disk and moved over the target. Readers see either the complete old file or the complete new one,
 * even after a crash.
 */
public final class AtomicFile {
  /** Writes the content of a file. */
  @FunctionalInterface
  public interface Content {
    void to(WritableByteChannel channel) throws IOException;
  }

  private AtomicFile() {}

  /**
   * Creates or replaces {@code target}, creating missing parent folders.
   *
   * @param target a file, or a link to one, which stays a link; a device or pipe is written to
   *     directly
   * @throws FileException if the target is a folder, or writing fails, for example because the disk
   *     is full; the target is unchanged, and no temporary file is left behind
   */
  public static void write(Path target, Content content) {
    Path whole = target.toAbsolutePath();
    if (Files.isDirectory(whole)) {
      throw new FileException(
          "%s is a folder; give the name of a file, such as %s"
              .formatted(target, target.resolve("NAME")));
    }
    try {
      if (Files.exists(whole) && !Files.isRegularFile(whole)) {
        stream(whole, content);
        return;
      }
      // A symbolic link stays, and the file that it leads to is replaced.
      Path real = Files.exists(whole) ? whole.toRealPath() : whole;
      Files.createDirectories(real.getParent());
      replace(real, content);
    } catch (IOException e) {
      throw FileFailure.writing(target, e);
    }
  }

  /** Creates or replaces {@code target} with text in UTF-8; see {@link #write(Path, Content)}. */
  public static void write(Path target, String text) {
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
    write(target, channel -> writeFully(channel, bytes));
  }

  /**
   * Checks before long work that files can be written to a folder, which need not exist yet. Leaves
   * nothing behind.
   *
   * @throws FileException if the folder, or the nearest one above it that exists, is read-only, is
   *     a file or cannot be written to for another reason
   */
  public static void requireWritable(Path folder) {
    Path existing = folder.toAbsolutePath();
    while (!Files.exists(existing)) {
      existing = existing.getParent();
    }
    if (!Files.isDirectory(existing)) {
      throw new FileException(existing + " is a file; expected a folder");
    }
    try {
      Files.delete(create(existing.resolve("writable")));
    } catch (IOException e) {
      throw FileFailure.writing(folder, e);
    }
  }

  /** Writes all remaining bytes of the buffer. */
  public static void writeFully(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Forces renames within a folder to disk, where the file system supports it. */
  public static void force(Path folder) throws IOException {
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  /** Writes to a device or pipe, such as {@code /dev/null}, which must not be replaced. */
  private static void stream(Path target, Content content) throws IOException {
    try (FileChannel channel = FileChannel.open(target, StandardOpenOption.WRITE)) {
      content.to(channel);
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
        // Files.createTempFile would restrict the file's permissions to the owner.
        return Files.createFile(target.resolveSibling(name));
      } catch (FileAlreadyExistsException e) {
        if (attempt >= 1000) {
          throw e;
        }
      }
    }
  }
}
