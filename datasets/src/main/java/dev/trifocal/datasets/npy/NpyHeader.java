package dev.trifocal.datasets.npy;

import dev.trifocal.error.FileException;
import dev.trifocal.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The header of an {@code .npy} file.
 *
 * @param type the element type
 * @param order the byte order of the elements
 * @param sizes the shape as stated in the file, not validated
 */
record NpyHeader(NpyType type, ByteOrder order, List<Long> sizes) {
  private static final String MAGIC = "\u0093NUMPY";
  private static final int ALIGNMENT = 64;

  /** NumPy's own limit for the length of headers it parses. */
  private static final int LONGEST = 10_000;

  NpyHeader {
    sizes = List.copyOf(sizes);
  }

  static NpyHeader of(Tensor tensor) {
    return new NpyHeader(
        NpyType.of(tensor.type()),
        ByteOrder.LITTLE_ENDIAN,
        tensor.shape().sizes().stream().map(Integer::longValue).toList());
  }

  /** Reads the header and positions {@code channel} at the first element. */
  static NpyHeader read(Path file, FileChannel channel) throws IOException {
    ByteBuffer start = take(file, channel, MAGIC.length() + 2);
    byte[] magic = new byte[MAGIC.length()];
    start.get(magic);
    if (!new String(magic, StandardCharsets.ISO_8859_1).equals(MAGIC)) {
      throw new FileException(file + ": is not a NumPy .npy file");
    }
    int version = start.get();
    if (version < 1 || version > 3) {
      throw new FileException(
          "%s: has .npy format version %d; versions 1 to 3 are supported".formatted(file, version));
    }
    long length =
        version == 1
            ? Short.toUnsignedInt(take(file, channel, 2).getShort())
            : Integer.toUnsignedLong(take(file, channel, 4).getInt());
    if (length > LONGEST) {
      throw new FileException(
          "%s: its header of %,d bytes exceeds the limit of %,d".formatted(file, length, LONGEST));
    }
    byte[] text = new byte[(int) length];
    take(file, channel, text.length).get(text);
    return new NpyHeaderParser(file, new String(text, StandardCharsets.UTF_8)).parse();
  }

  /** Returns the header in version 1.0, padded so that elements start at a multiple of 64 bytes. */
  ByteBuffer bytes() {
    String shape =
        sizes.stream()
            .map(size -> size + (sizes.size() == 1 ? "," : ""))
            .collect(Collectors.joining(", ", "(", ")"));
    String dict =
        "{'descr': '%s', 'fortran_order': False, 'shape': %s, }".formatted(descriptor(), shape);
    int prefix = MAGIC.length() + 4;
    int total = (prefix + dict.length() + 1 + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    String padded = dict + " ".repeat(total - prefix - dict.length() - 1) + "\n";
    return ByteBuffer.allocate(total)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MAGIC.getBytes(StandardCharsets.ISO_8859_1))
        .put((byte) 1)
        .put((byte) 0)
        .putShort((short) padded.length())
        .put(padded.getBytes(StandardCharsets.US_ASCII))
        .flip();
  }

  private String descriptor() {
    if (type.bytes() == 1) {
      return "|" + type.code();
    }
    return (order == ByteOrder.LITTLE_ENDIAN ? "<" : ">") + type.code();
  }

  private static ByteBuffer take(Path file, FileChannel channel, int bytes) throws IOException {
    if (channel.size() - channel.position() < bytes) {
      throw new FileException(file + ": ends within the header of a NumPy .npy file");
    }
    ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    ChannelBuffers.fill(channel, buffer);
    return buffer;
  }
}
