package dev.trifocal.datasets.idx;

import dev.trifocal.error.FileException;
import dev.trifocal.file.FileFailure;
import dev.trifocal.shape.Shape;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * An array of unsigned bytes in the IDX format (http://yann.lecun.com/exdb/mnist): a magic number
 * with type and rank, big-endian sizes, then the elements, row-major. Gzip is detected by the first
 * bytes, not by the name.
 */
public final class IdxFile {
  private static final int UNSIGNED_BYTES = 0x0800;
  private static final int GZIP = 0x1F8B;
  private static final int BUFFER = 1 << 16;

  /** The elements that gzip data may claim whatever its length, and for each of its bytes. */
  private static final long FREE_ELEMENTS = 1 << 26;

  private static final long ELEMENTS_PER_BYTE = 200;

  private final Shape shape;
  private final byte[] content;

  private IdxFile(Shape shape, byte[] content) {
    this.shape = shape;
    this.content = content;
  }

  /**
   * Reads a whole file.
   *
   * @param sample the shape of one sample, such as {@code [28, 28]}; without axes for labels
   * @throws FileException if the file is missing, is not an IDX file of unsigned bytes with these
   *     sizes, is truncated, has data after the last sample, or claims more than 64 MiB in gzip
   *     data of less than a two-hundredth of that
   */
  public static IdxFile read(Path file, Shape sample) {
    try (InputStream raw = Files.newInputStream(file)) {
      BufferedInputStream start = new BufferedInputStream(raw, BUFFER);
      boolean zipped = isGzip(start);
      InputStream in = zipped ? unzipped(start) : start;
      Shape shape = shape(file, in, sample);
      if (shape.elements() > Integer.MAX_VALUE - 64) {
        throw new FileException("%s: its shape %s is too large".formatted(file, shape));
      }
      if (zipped) {
        requireHeld(file, shape, Files.size(file));
      }
      byte[] elements = in.readNBytes((int) shape.elements());
      if (elements.length < shape.elements()) {
        throw new FileException(
            "%s: is truncated: %s needs %,d bytes, but it has %,d"
                .formatted(file, shape, shape.elements(), elements.length));
      }
      if (in.read() >= 0) {
        throw new FileException(
            "%s: has data after the last of its %,d samples".formatted(file, shape.size(0)));
      }
      return new IdxFile(shape, elements);
    } catch (EOFException e) {
      throw new FileException(file + ": is truncated within its gzip data", e);
    } catch (ZipException e) {
      throw new FileException(file + ": its gzip data is damaged: " + e.getMessage(), e);
    } catch (IOException e) {
      throw FileFailure.reading(file, e);
    }
  }

  /** Returns the stream, decompressed if its first bytes indicate gzip. */
  public static InputStream plain(InputStream file) throws IOException {
    BufferedInputStream in = new BufferedInputStream(file, BUFFER);
    return isGzip(in) ? unzipped(in) : in;
  }

  public Shape shape() {
    return shape;
  }

  /** Returns the decompressed bytes of the file, as {@link #plain} would. */
  public List<ByteBuffer> content() {
    ByteBuffer header = ByteBuffer.allocate(4 * (1 + shape.rank()));
    header.putInt(UNSIGNED_BYTES + shape.rank());
    shape.sizes().forEach(header::putInt);
    return List.of(header.flip(), elements());
  }

  /** Returns a read-only view of the elements, unsigned bytes. */
  public ByteBuffer elements() {
    return ByteBuffer.wrap(content).asReadOnlyBuffer();
  }

  private static boolean isGzip(BufferedInputStream in) throws IOException {
    in.mark(2);
    int start = in.read() << 8 | in.read();
    in.reset();
    return start == GZIP;
  }

  private static InputStream unzipped(InputStream in) throws IOException {
    return new BufferedInputStream(new GZIPInputStream(in, BUFFER));
  }

  private static Shape shape(Path file, InputStream in, Shape sample) throws IOException {
    int rank = sample.rank() + 1;
    int magic = number(file, in);
    if (magic != UNSIGNED_BYTES + rank) {
      throw new FileException(
          "%s: is not an IDX file of unsigned bytes with %d %s: it starts with %08x instead of %08x"
              .formatted(file, rank, rank == 1 ? "axis" : "axes", magic, UNSIGNED_BYTES + rank));
    }
    int count = number(file, in);
    if (count <= 0) {
      throw new FileException("%s: has an invalid number of samples, %d".formatted(file, count));
    }
    for (int axis = 0; axis < sample.rank(); axis++) {
      int size = number(file, in);
      if (size != sample.size(axis)) {
        throw new FileException(
            "%s: has samples of size %d at axis %d, expected %s"
                .formatted(file, size, axis + 1, sample));
      }
    }
    return sample.batch(count);
  }

  /** Refuses what would fill the memory: a few kilobytes of gzip data may hold gigabytes. */
  private static void requireHeld(Path file, Shape shape, long length) {
    if (shape.elements() > FREE_ELEMENTS + ELEMENTS_PER_BYTE * length) {
      throw new FileException(
          "%s: claims %s, %,d bytes, in only %,d bytes of gzip data; if that is right, decompress it with gunzip"
              .formatted(file, shape, shape.elements(), length));
    }
  }

  private static int number(Path file, InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(4);
    if (bytes.length < 4) {
      throw new FileException(file + ": ends within the header of an IDX file");
    }
    return ByteBuffer.wrap(bytes).getInt();
  }
}
