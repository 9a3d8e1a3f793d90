package dev.trifocal.apps.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads event files by TensorFlow's description of the format, with checksums worked out bit by
 * bit.
 */
interface Records {
  int CASTAGNOLI = 0x82F63B78;

  static List<UnknownFieldSet> read(Path file) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
      List<UnknownFieldSet> events = new ArrayList<>();
      while (bytes.hasRemaining()) {
        byte[] length = take(bytes, 8);
        assertThat(bytes.getInt()).as("checksum of a length").isEqualTo(masked(length));
        int size = (int) ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong();
        byte[] data = take(bytes, size);
        assertThat(bytes.getInt()).as("checksum of an event").isEqualTo(masked(data));
        events.add(UnknownFieldSet.parseFrom(data));
      }
      return events;
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(file + " holds something that is no event", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The messages in a field. */
  static List<UnknownFieldSet> messages(UnknownFieldSet message, int field) {
    return message.getField(field).getLengthDelimitedList().stream().map(Records::parsed).toList();
  }

  /** The words in a field. */
  static List<String> texts(UnknownFieldSet message, int field) {
    return message.getField(field).getLengthDelimitedList().stream()
        .map(ByteString::toStringUtf8)
        .toList();
  }

  private static UnknownFieldSet parsed(ByteString bytes) {
    try {
      return UnknownFieldSet.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError("this is no message", e);
    }
  }

  private static byte[] take(ByteBuffer bytes, int count) {
    byte[] result = new byte[count];
    bytes.get(result);
    return result;
  }

  private static int masked(byte[] data) {
    int crc = ~0;
    for (byte b : data) {
      crc ^= b & 0xFF;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ CASTAGNOLI;
      }
    }
    crc = ~crc;
    return Integer.rotateRight(crc, 15) + 0xa282ead8;
  }
}
