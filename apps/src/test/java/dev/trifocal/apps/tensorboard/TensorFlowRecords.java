package dev.trifocal.apps.tensorboard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.hadoop.util.TFRecordReader;
import org.tensorflow.util.Event;

/** Event files as TensorFlow's own classes read them. */
final class TensorFlowRecords {
  private TensorFlowRecords() {}

  /** All events; a checksum that is wrong is an error. */
  static List<Event> read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      TFRecordReader reader = new TFRecordReader(in, true);
      List<Event> events = new ArrayList<>();
      for (byte[] data = reader.read(); data != null; data = reader.read()) {
        events.add(Event.parseFrom(data));
      }
      return events;
    } catch (IOException e) {
      throw new UncheckedIOException(file + " is no event file", e);
    }
  }
}
