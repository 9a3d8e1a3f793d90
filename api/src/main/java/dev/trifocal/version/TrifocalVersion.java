package dev.trifocal.version;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of Trifocal, as written by the build. */
public final class TrifocalVersion {
  private TrifocalVersion() {}

  /** Returns the version of the Maven artifacts, such as {@code 0.1.0}. */
  public static String text() {
    Properties properties = new Properties();
    try (InputStream stream = TrifocalVersion.class.getResourceAsStream("version.properties")) {
      properties.load(stream);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
  }
}
