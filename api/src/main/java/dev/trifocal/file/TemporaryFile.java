package dev.trifocal.file;

import dev.trifocal.error.FileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file in the system's folder for temporary files, which exists until it is closed. */
public record TemporaryFile(Path path) implements AutoCloseable {
  /**
   * Creates an empty file.
   *
   * @param prefix beginning of its name
   * @param suffix end of its name, such as {@code .onnx}
   * @throws FileException if the folder cannot be written to
   */
  public static TemporaryFile create(String prefix, String suffix) {
    try {
      return new TemporaryFile(Files.createTempFile(prefix, suffix));
    } catch (IOException e) {
      throw FileFailure.writing(Path.of(System.getProperty("java.io.tmpdir")), e);
    }
  }

  /**
   * Deletes the file, if it still exists.
   *
   * @throws FileException if it cannot be deleted
   */
  @Override
  public void close() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw FileFailure.writing(path, e);
    }
  }
}
