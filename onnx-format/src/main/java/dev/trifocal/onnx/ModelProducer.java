package dev.trifocal.onnx;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Who writes the models. */
final class ModelProducer {
  private ModelProducer() {}

  /** Of Trifocal; the build writes it down. */
  static String version() {
    try (InputStream file = ModelProducer.class.getResourceAsStream("producer.properties")) {
      Properties properties = new Properties();
      properties.load(file);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
