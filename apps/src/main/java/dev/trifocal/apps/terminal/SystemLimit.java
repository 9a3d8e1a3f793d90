package dev.trifocal.apps.terminal;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A limit of the operating system, recognised by the words of its error messages. Depends only on
 * the JDK, because a limit may prevent loading other libraries.
 */
enum SystemLimit {
  DISK_SPACE("the disk is full", "No space left on device", "disk full", "Disk quota exceeded"),
  OPEN_FILES(
      "too many open files; raise the limit in a new shell, for example with 'ulimit -n 1024'",
      "Too many open files"),
  FILE_SIZE(
      "a file would exceed the file size limit; raise it in a new shell with"
          + " 'ulimit -f unlimited', or write to another disk",
      "File too large");

  private static final File ALWAYS_READABLE = new File("/dev/null");

  private final String message;
  private final List<String> words;

  SystemLimit(String message, String... words) {
    this.message = message;
    this.words = List.of(words);
  }

  /** Returns what is wrong and what to do about it. */
  String message() {
    return message;
  }

  /** Returns the limit that caused a failure; empty if it has another cause. */
  static Optional<SystemLimit> behind(Throwable failure) {
    Optional<SystemLimit> named =
        Stream.of(values()).filter(limit -> chain(failure).anyMatch(limit::isNamedBy)).findFirst();
    // The JVM reports a library that it cannot open as a missing class, without the reason.
    return named.isEmpty() && isAboutLoading(failure) && isOutOfFiles()
        ? Optional.of(OPEN_FILES)
        : named;
  }

  private boolean isNamedBy(Throwable failure) {
    return (failure instanceof IOException || failure instanceof LinkageError)
        && failure.getMessage() != null
        && words.stream().anyMatch(failure.getMessage()::contains);
  }

  private static boolean isAboutLoading(Throwable failure) {
    return chain(failure)
        .anyMatch(e -> e instanceof LinkageError || e instanceof ReflectiveOperationException);
  }

  private static boolean isOutOfFiles() {
    try (FileInputStream probe = new FileInputStream(ALWAYS_READABLE)) {
      return probe.read() >= 0;
    } catch (IOException e) {
      return ALWAYS_READABLE.exists();
    }
  }

  private static Stream<Throwable> chain(Throwable failure) {
    return Stream.iterate(failure, e -> e != null, Throwable::getCause);
  }
}
