package dev.trifocal.onnx;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The producer that exported models name. */
final class ModelProducer {
  private ModelProducer() {}

  /** Returns the version of Trifocal, which the build writes to a resource. */
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
