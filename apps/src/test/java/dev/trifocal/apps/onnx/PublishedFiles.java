package dev.trifocal.apps.onnx;

import static org.assertj.core.api.Assumptions.assumeThat;

import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Published models with golden outputs, which are not part of the repository. */
public final class PublishedFiles {
  private PublishedFiles() {}

  /** The folder; tests are skipped where it is absent. */
  public static Path folder() {
    Path folder = Path.of(System.getProperty("trifocal.assets", "../../shared/assets"));
    assumeThat(folder)
        .as("no assets at %s; set -Dtrifocal.assets to where they are", folder.toAbsolutePath())
        .isDirectory();
    return folder.toAbsolutePath().normalize();
  }

  /** Little-endian float32 numbers. */
  public static Tensor numbers(Path file, Shape shape) {
    try {
      FloatBuffer values =
          ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
      return Tensor.floats(shape, buffer -> buffer.put(values));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
