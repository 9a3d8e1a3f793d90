package dev.trifocal.apps.tensorboard;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.Consumer;

/** A protobuf message, built field by field. */
final class ProtobufMessage {
  private final ByteString.Output bytes = ByteString.newOutput();
  private final CodedOutputStream out = CodedOutputStream.newInstance(bytes);

  /** An action that writes a field to the stream. */
  private interface Field {
    void write(CodedOutputStream out) throws IOException;
  }

  static ProtobufMessage of(Consumer<ProtobufMessage> filler) {
    ProtobufMessage result = new ProtobufMessage();
    filler.accept(result);
    return result;
  }

  ProtobufMessage number(int field, double value) {
    return add(stream -> stream.writeDouble(field, value));
  }

  /** Adds a packed list. */
  ProtobufMessage numbers(int field, List<Double> values) {
    ByteBuffer packed =
        ByteBuffer.allocate(values.size() * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    values.forEach(packed::putDouble);
    return bytes(field, ByteString.copyFrom(packed.flip()));
  }

  ProtobufMessage single(int field, float value) {
    return add(stream -> stream.writeFloat(field, value));
  }

  ProtobufMessage whole(int field, long value) {
    return add(stream -> stream.writeInt64(field, value));
  }

  ProtobufMessage text(int field, String value) {
    return add(stream -> stream.writeString(field, value));
  }

  ProtobufMessage bytes(int field, ByteString value) {
    return add(stream -> stream.writeBytes(field, value));
  }

  ProtobufMessage message(int field, Consumer<ProtobufMessage> filler) {
    return bytes(field, of(filler).done());
  }

  ByteString done() {
    add(CodedOutputStream::flush);
    return bytes.toByteString();
  }

  private ProtobufMessage add(Field field) {
    try {
      field.write(out);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
  }
}
