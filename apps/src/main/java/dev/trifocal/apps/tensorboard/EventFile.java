package dev.trifocal.apps.tensorboard;

import com.google.protobuf.ByteString;
import dev.trifocal.file.FileFailure;
import dev.trifocal.profile.Stopwatch;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;

/**
 * A file of TensorFlow event records: the length as uint64, its checksum, the message, its
 * checksum, all little-endian. Checksums are masked CRC-32C: rotated and offset, so that a checksum
 * of data that contains checksums does not degenerate (tensorflow/core/lib/io/record_writer).
 */
final class EventFile implements AutoCloseable {
  private static final int WALL_TIME = 1;
  private static final int STEP = 2;
  private static final int FILE_VERSION = 3;
  private static final int MASK = 0xa282ead8;

  private final Path file;
  private final OutputStream out;
  private final double started;
  private final Stopwatch watch = Stopwatch.start();

  private EventFile(Path file, OutputStream out, double started) {
    this.file = file;
    this.out = out;
    this.started = started;
  }

  /**
   * Creates a new file beside those of earlier sessions of the run.
   *
   * @throws dev.trifocal.error.FileException if the file cannot be written
   */
  static EventFile in(Path folder) {
    Path file = folder;
    try {
      Files.createDirectories(folder);
      file = unused(folder);
      OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW);
      // The file was just created, so its modification time is the current time.
      double now = Files.getLastModifiedTime(file).toMillis() / 1e3;
      EventFile result = new EventFile(file, new BufferedOutputStream(out), now);
      result.add(0, event -> event.text(FILE_VERSION, "brain.Event:2"));
      return result;
    } catch (IOException e) {
      throw FileFailure.writing(file, e);
    }
  }

  private static Path unused(Path folder) {
    return IntStream.iterate(1, n -> n + 1)
        .mapToObj(n -> folder.resolve("events.out.tfevents.%010d.trifocal".formatted(n)))
        .filter(file -> !Files.exists(file))
        .findFirst()
        .orElseThrow();
  }

  /**
   * Appends an event.
   *
   * @param step the training step
   * @param content writes the fields of the event
   */
  void add(long step, Consumer<ProtobufMessage> content) {
    ProtobufMessage event =
        new ProtobufMessage().number(WALL_TIME, started + watch.seconds()).whole(STEP, step);
    content.accept(event);
    write(event.done());
  }

  /** Flushes all events, so that TensorBoard can read them. */
  void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      throw FileFailure.writing(file, e);
    }
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw FileFailure.writing(file, e);
    }
  }

  private void write(ByteString message) {
    byte[] data = message.toByteArray();
    ByteBuffer record =
        ByteBuffer.allocate(Long.BYTES + 2 * Integer.BYTES + data.length)
            .order(ByteOrder.LITTLE_ENDIAN);
    record.putLong(data.length);
    record.putInt(checksum(record.array(), Long.BYTES));
    record.put(data);
    record.putInt(checksum(data, data.length));
    try {
      out.write(record.array());
    } catch (IOException e) {
      throw FileFailure.writing(file, e);
    }
  }

  private static int checksum(byte[] data, int length) {
    CRC32C crc = new CRC32C();
    crc.update(data, 0, length);
    int value = (int) crc.getValue();
    return (value >>> 15 | value << 17) + MASK;
  }
}
