package dev.trifocal.backend.onnx;

import dev.trifocal.error.ConfigurationException;
import java.util.function.Supplier;

/**
 * The first touch of ONNX Runtime, which loads its native libraries.
 *
 * @param platform in the JVM's words, {@code Linux amd64}
 */
record NativeStart(String platform) {
  static NativeStart here() {
    return new NativeStart(System.getProperty("os.name") + " " + System.getProperty("os.arch"));
  }

  /**
   * @throws ConfigurationException if the libraries are not there or cannot be loaded
   */
  <T> T of(Supplier<T> first) {
    try {
      return first.get();
    } catch (LinkageError e) {
      throw new ConfigurationException(
          "backend onnx finds no native library of ONNX Runtime for %s; add %s, which has them for"
                  .formatted(platform, "com.microsoft.onnxruntime:onnxruntime")
              + " Linux (x86-64, arm64), macOS (arm64) and Windows (x86-64)"
              + cause(e),
          e);
    }
  }

  private static String cause(LinkageError error) {
    Throwable root = error;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? "" : "; the JVM says: " + root.getMessage();
  }
}
