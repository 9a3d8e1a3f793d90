package dev.trifocal.backend.onnx;

import dev.trifocal.backend.NativeLibraryFolders;
import dev.trifocal.error.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.logging.Filter;
import java.util.logging.Logger;

/**
 * Wraps the first use of ONNX Runtime, which loads its native libraries.
 *
 * @param platform operating system and architecture as the JVM names them, such as {@code Linux
 *     amd64}
 * @param folder folder for temporary files, to which it unpacks them
 */
record NativeLibraryLoading(String platform, Path folder) {
  /**
   * Enough for a command line of several hundred thousand characters; only the pages in use occupy
   * memory.
   */
  private static final long STACK = 1L << 30;

  private static final String CURE =
      "choose another folder with -Djava.io.tmpdir=DIR (command line:"
          + " TRIFOCAL_JAVA_OPTS=-Djava.io.tmpdir=DIR)";

  static NativeLibraryLoading here() {
    return new NativeLibraryLoading(
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        Path.of(System.getProperty("java.io.tmpdir")));
  }

  /**
   * Runs the first use.
   *
   * @throws ConfigurationException if the libraries are missing or cannot be loaded
   */
  <T> T of(Supplier<T> first) {
    List<Throwable> logged = new CopyOnWriteArrayList<>();
    try {
      return silently(() -> onLargeStack(first), logged);
    } catch (LinkageError e) {
      problem()
          .ifPresent(
              problem -> {
                throw new ConfigurationException(problem, e);
              });
      logged.stream()
          .filter(IOException.class::isInstance)
          .findFirst()
          .ifPresent(
              cause -> {
                throw new ConfigurationException(
                    "backend onnx cannot unpack its native libraries to %s: %s; check the disk and the limits of the process"
                        .formatted(folder, cause.getMessage()),
                    cause);
              });
      throw new ConfigurationException(
          "backend onnx: no native library of ONNX Runtime for %s found; add %s, which supports"
                  .formatted(platform, "com.microsoft.onnxruntime:onnxruntime")
              + " Linux (x86-64, arm64), macOS (arm64) and Windows (x86-64)"
              + cause(e),
          e);
    }
  }

  /**
   * Runs the first use without printing the log of ONNX Runtime. A failure to unpack a library is
   * in the log only; what ONNX Runtime throws says that the library is missing. One thread at a
   * time, so that each finds the filter that it restores.
   *
   * @param logged receives the failures in the log
   */
  private static <T> T silently(Supplier<T> first, List<Throwable> logged) {
    synchronized (NativeLibraryLoading.class) {
      Logger log = Logger.getLogger("ai.onnxruntime.OnnxRuntime");
      Filter filter = log.getFilter();
      log.setFilter(
          entry -> {
            Optional.ofNullable(entry.getThrown()).ifPresent(logged::add);
            return false;
          });
      try {
        return first.get();
      } finally {
        log.setFilter(filter);
      }
    }
  }

  /** Returns what is wrong with the folder, which ONNX Runtime does not create. */
  private Optional<String> problem() {
    return Files.notExists(folder)
        ? Optional.of(
            "backend onnx cannot unpack and load its native libraries: %s does not exist; %s"
                .formatted(folder, CURE))
        : new NativeLibraryFolders("onnx", List.of(folder), CURE).problem();
  }

  /**
   * Runs the first use on a large stack. At start-up ONNX Runtime parses the command line of its
   * process with one recursion per character. On a default stack this crashes the JVM at about
   * 4,000 characters, or a hundred names of images.
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
