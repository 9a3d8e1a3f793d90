package dev.trifocal.datasets.npy;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.function.Consumer;

/** Reads full buffers from channels, which may return fewer bytes than requested. */
final class ChannelBuffers {
  /** The buffer size, a multiple of all element sizes, so that no element is split. */
  private static final int BYTES = 1 << 20;

  private ChannelBuffers() {}

  /**
   * Passes the rest of the channel to {@code reader}, buffer by buffer.
   *
   * @throws UncheckedIOException if reading fails
   */
  static void read(FileChannel channel, ByteOrder order, Consumer<ByteBuffer> reader) {
    try {
      ByteBuffer chunk = ByteBuffer.allocateDirect(BYTES).order(order);
      for (long left = channel.size() - channel.position(); left > 0; left -= chunk.limit()) {
        fill(channel, chunk.clear().limit((int) Math.min(left, BYTES)));
        reader.accept(chunk);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Fills {@code buffer} and flips it for reading. */
  static void fill(FileChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new EOFException("unexpected end of file");
      }
    }
    buffer.flip();
  }
}
