package dev.trifocal.backend.onnx;

import dev.trifocal.backend.NativeLibraryFolders;
import dev.trifocal.error.ConfigurationException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * The first touch of ONNX Runtime, which loads its native libraries.
 *
 * @param platform in the JVM's words, {@code Linux amd64}
 */
record NativeLibraryLoading(String platform) {
  /** For a command line of some hundred thousand characters; only what is used takes memory. */
  private static final long STACK = 1L << 30;

  private static final NativeLibraryFolders FOLDERS =
      new NativeLibraryFolders(
          "onnx",
          List.of(Path.of(System.getProperty("java.io.tmpdir"))),
          "start Java with another folder: -Djava.io.tmpdir=DIR (of the command line:"
              + " TRIFOCAL_JAVA_OPTS=-Djava.io.tmpdir=DIR)");

  static NativeLibraryLoading here() {
    return new NativeLibraryLoading(
        System.getProperty("os.name") + " " + System.getProperty("os.arch"));
  }

  /**
   * @throws ConfigurationException if the libraries are not there or cannot be loaded
   */
  <T> T of(Supplier<T> first) {
    try {
      return onLargeStack(first);
    } catch (LinkageError e) {
      FOLDERS
          .problem()
          .ifPresent(
              problem -> {
                throw new ConfigurationException(problem, e);
              });
      throw new ConfigurationException(
          "backend onnx finds no native library of ONNX Runtime for %s; add %s, which has them for"
                  .formatted(platform, "com.microsoft.onnxruntime:onnxruntime")
              + " Linux (x86-64, arm64), macOS (arm64) and Windows (x86-64)"
              + cause(e),
          e);
    }
  }

  /**
   * ONNX Runtime looks through the command line of its process when it starts, by a recursion for
   * each character. On an ordinary stack that ends the JVM at about 4,000 characters, a hundred
   * names of pictures.
   */
  private static <T> T onLargeStack(Supplier<T> first) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Runnable start =
        () -> {
          try {
            result.complete(first.get());
          } catch (RuntimeException | Error e) {
            result.completeExceptionally(e);
          }
        };
    new Thread(null, start, "onnx-start", STACK).start();
    try {
      return result.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) e.getCause();
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
