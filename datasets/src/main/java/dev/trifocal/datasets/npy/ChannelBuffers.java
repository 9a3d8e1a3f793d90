package dev.trifocal.datasets.npy;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.function.Consumer;

/** Reads whole buffers, where a channel may stop half-way. */
final class ChannelBuffers {
  /** A multiple of every element size, so that no element is cut. */
  private static final int BYTES = 1 << 20;

  private ChannelBuffers() {}

  /**
   * Hands the rest of the channel to {@code reader}, piece by piece.
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

  /** Reads until {@code buffer} is full, and makes it ready to be read. */
  static void fill(FileChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new EOFException("the file ended while it was read");
      }
    }
    buffer.flip();
  }
}
