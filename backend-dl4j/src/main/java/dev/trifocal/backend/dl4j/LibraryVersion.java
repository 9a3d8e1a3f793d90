package dev.trifocal.backend.dl4j;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Versions of libraries on the class path, read from their jars without loading native code. */
enum LibraryVersion {
  ND4J("org.nd4j", "nd4j-native"),
  OPENBLAS("org.bytedeco", "openblas");

  private final String group;
  private final String artifact;

  LibraryVersion(String group, String artifact) {
    this.group = group;
    this.artifact = artifact;
  }

  String version() {
    String path = "/META-INF/maven/%s/%s/pom.properties".formatted(group, artifact);
    Properties properties = new Properties();
    try (InputStream file = LibraryVersion.class.getResourceAsStream(path)) {
      properties.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
  }

  /** Returns coordinates such as {@code org.nd4j:nd4j-native:1.0.0-M2.1}. */
  String coordinates() {
    return "%s:%s:%s".formatted(group, artifact, version());
  }
}
