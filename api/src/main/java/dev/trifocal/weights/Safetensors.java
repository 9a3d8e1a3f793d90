package dev.trifocal.weights;

import dev.trifocal.error.FileException;
import dev.trifocal.file.AtomicFile;
import dev.trifocal.file.FileFailure;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.DataType;
import dev.trifocal.tensor.HalfPrecision;
import dev.trifocal.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Weights in safetensors files: eight bytes of header length (little-endian), a JSON header of
 * names, types, shapes and offsets, then the elements, little-endian. Types F32, F64, I32, I64 and
 * U8; F32 may be stored as F16 or BF16, which become F32 when they are read. Nothing in such a file
 * can be executed. See <a href="https://github.com/huggingface/safetensors#format">the format</a>.
 */
public final class Safetensors {
  private Safetensors() {}

  /**
   * @throws FileException if the file is missing, truncated, corrupt, of another format, or holds a
   *     type or a size that {@link Tensor} cannot; nothing is allocated before all bounds are
   *     checked
   */
  public static Weights read(Path file) {
    try (FileChannel channel = FileChannel.open(file)) {
      SafetensorsHeader header = header(file, channel);
      long start = channel.size() - header.dataBytes();
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      for (SafetensorsEntry entry : header.entries()) {
        tensors.put(entry.name(), tensor(channel, start, entry));
      }
      return new Weights(tensors);
    } catch (UncheckedIOException e) {
      throw FileFailure.reading(file, e.getCause());
    } catch (IOException e) {
      throw FileFailure.reading(file, e);
    }
  }

  /**
   * Returns the shapes of the tensors by name, without reading the tensors.
   *
   * @throws FileException as {@link #read} does
   */
  public static Map<String, Shape> shapes(Path file) {
    try (FileChannel channel = FileChannel.open(file)) {
      Map<String, Shape> shapes = new LinkedHashMap<>();
      header(file, channel).entries().forEach(entry -> shapes.put(entry.name(), entry.shape()));
      return shapes;
    } catch (IOException e) {
      throw FileFailure.reading(file, e);
    }
  }

  /**
   * Writes a file as a whole or not at all.
   *
   * @param metadata for people and tools, kept in the header's {@code __metadata__}
   * @throws FileException if the file cannot be written; what was there before is then unchanged
   */
  public static void write(Path file, Weights weights, Map<String, String> metadata) {
    write(file, weights, metadata, StoredType::of);
  }

  /**
   * Like {@link #write(Path, Weights, Map)}, with the float32 tensors stored in 16 bits.
   *
   * @throws dev.trifocal.error.WeightsException if a finite value is beyond the range of the format
   */
  public static void write(
      Path file, Weights weights, Map<String, String> metadata, HalfPrecision half) {
    write(file, weights.requireRange(half), metadata, type -> StoredType.of(type, half));
  }

  /** Returns the size of the file that {@link #write(Path, Weights, Map)} writes, in bytes. */
  public static long size(Weights weights, Map<String, String> metadata) {
    SafetensorsHeader header = SafetensorsHeader.of(weights, StoredType::of);
    int json = header.json(metadata).getBytes(StandardCharsets.UTF_8).length;
    return Long.BYTES + json + header.dataBytes();
  }

  private static void write(
      Path file,
      Weights weights,
      Map<String, String> metadata,
      Function<DataType, StoredType> storage) {
    SafetensorsHeader header = SafetensorsHeader.of(weights, storage);
    byte[] json = header.json(metadata).getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(file, channel -> write(channel, json, header, weights));
  }

  private static void write(
      WritableByteChannel channel, byte[] json, SafetensorsHeader header, Weights weights)
      throws IOException {
    ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    AtomicFile.writeFully(channel, length.putLong(0, json.length));
    AtomicFile.writeFully(channel, ByteBuffer.wrap(json));
    for (SafetensorsEntry entry : header.inFileOrder()) {
      AtomicFile.writeFully(channel, entry.stored().stored(weights.tensor(entry.name())));
    }
  }

  private static SafetensorsHeader header(Path file, FileChannel channel) throws IOException {
    ForeignWeights.refuse(file, channel);
    long size = channel.size();
    if (size < Long.BYTES) {
      throw SafetensorsHeader.bad(file, "it is cut off after %d bytes".formatted(size));
    }
    ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    readFully(channel, length, 0);
    long headerBytes = length.getLong(0);
    if (headerBytes < 2 || headerBytes > SafetensorsHeader.LIMIT) {
      throw SafetensorsHeader.bad(
          file, "its header would take %s bytes".formatted(Long.toUnsignedString(headerBytes)));
    }
    if (headerBytes > size - Long.BYTES) {
      throw SafetensorsHeader.bad(
          file,
          "its header takes %,d bytes, but only %,d follow"
              .formatted(headerBytes, size - Long.BYTES));
    }
    ByteBuffer json = ByteBuffer.allocate((int) headerBytes);
    readFully(channel, json, Long.BYTES);
    return SafetensorsHeader.parse(file, json.flip(), size - Long.BYTES - headerBytes);
  }

  private static Tensor tensor(FileChannel channel, long start, SafetensorsEntry entry) {
    return Tensor.make(
        entry.shape(),
        entry.type(),
        buffer -> {
          try {
            if (entry.stored().isWidened()) {
              ByteBuffer narrow = ByteBuffer.allocate((int) entry.bytes());
              readFully(channel, narrow, start + entry.begin());
              entry.stored().widen(narrow.flip(), buffer);
            } else {
              readFully(channel, buffer, start + entry.begin());
            }
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static void readFully(FileChannel channel, ByteBuffer buffer, long position)
      throws IOException {
    while (buffer.hasRemaining()) {
      int count = channel.read(buffer, position + buffer.position());
      if (count < 0) {
        throw new IOException("the file became shorter while it was read");
      }
    }
  }
}
