package dev.trifocal.datasets.npy;

import dev.trifocal.error.FileException;
import dev.trifocal.file.AtomicFile;
import dev.trifocal.file.FileFailure;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Reads and writes NumPy's {@code .npy} files (format versions 1 to 3:
 * https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html), C order only.
 */
public final class Npy {
  private Npy() {}

  /**
   * Reads one array. Types that {@link Tensor} lacks are widened: bool to uint8, int8, int16 and
   * uint16 to int32, uint32 and uint64 to int64, float16 to float32.
   *
   * @throws FileException if the file is missing, is not exactly one {@code .npy} array, or has an
   *     unsupported element type or order
   */
  public static Tensor read(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      NpyHeader header = NpyHeader.read(file, channel);
      NpyType type = header.type();
      requireWhole(file, header, channel.size() - channel.position());
      int[] sizes = header.sizes().stream().mapToInt(Math::toIntExact).toArray();
      return Tensor.make(
          Shape.of(sizes),
          type.tensorType(),
          target ->
              ChannelBuffers.read(channel, header.order(), chunk -> type.copy(chunk, target)));
    } catch (ArithmeticException e) {
      throw new FileException(file + ": " + e.getMessage(), e);
    } catch (UncheckedIOException e) {
      throw FileFailure.reading(file, e.getCause());
    } catch (IOException e) {
      throw FileFailure.reading(file, e);
    }
  }

  /**
   * Writes {@code tensor} in format version 1.0, little-endian; an existing file is replaced
   * atomically.
   *
   * @throws FileException if it cannot be written
   */
  public static void write(Path file, Tensor tensor) {
    AtomicFile.write(
        file,
        channel -> {
          AtomicFile.writeFully(channel, NpyHeader.of(tensor).bytes());
          AtomicFile.writeFully(channel, tensor.bytes());
        });
  }

  private static void requireWhole(Path file, NpyHeader header, long held) {
    long expected = elements(file, header) * header.type().bytes();
    if (held != expected) {
      throw new FileException(
          "%s: is %s: %s%s needs %,d bytes, but it has %,d"
              .formatted(
                  file,
                  held < expected ? "truncated" : "more than one array",
                  header.type().dtype(),
                  header.sizes(),
                  expected,
                  held));
    }
  }

  private static long elements(Path file, NpyHeader header) {
    long elements = 1;
    for (long size : header.sizes()) {
      if (size == 0) {
        throw new FileException("%s: is empty; its shape is %s".formatted(file, header.sizes()));
      }
      if (size > Integer.MAX_VALUE / elements) {
        throw new FileException(
            "%s: its shape %s has more elements than 2^31 - 1".formatted(file, header.sizes()));
      }
      elements *= size;
    }
    return elements;
  }
}
