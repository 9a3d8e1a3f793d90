package dev.trifocal.apps.terminal;

import dev.trifocal.error.CallbackException;
import dev.trifocal.error.DivergedException;
import dev.trifocal.error.EngineMemoryException;
import dev.trifocal.error.TrifocalException;
import java.nio.file.FileSystemException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A failure as reported to the user.
 *
 * @param kind whether the user or the program is at fault
 * @param message what is wrong and what to do about it
 */
public record FailureMessage(Kind kind, String message) {
  /** The cause of a failure, which determines the exit code. */
  public enum Kind {
    USER(2),
    PROGRAM(1);

    private final int exitCode;

    Kind(int exitCode) {
      this.exitCode = exitCode;
    }

    public int exitCode() {
      return exitCode;
    }
  }

  /** Returns whether the failure is a user error. */
  public boolean isUsers() {
    return kind == Kind.USER;
  }

  public static FailureMessage of(Throwable failure) {
    if (failure instanceof EngineMemoryException) {
      return new FailureMessage(Kind.USER, failure.getMessage());
    }
    if (contains(failure, OutOfMemoryError.class)) {
      return new FailureMessage(
          Kind.USER,
          "not enough memory ("
              + memory(failure)
              + "); give Java more memory with TRIFOCAL_JAVA_OPTS=-Xmx8g, or use a smaller"
              + " --batch-size where the command has one (see 'trifocal summary MODEL --batch N')");
    }
    Optional<SystemLimit> limit = SystemLimit.behind(failure);
    if (limit.isPresent()) {
      // The JVM's words for a class that does not load are of no use to a user.
      String where = failure instanceof LinkageError ? "" : ": " + described(failure);
      return new FailureMessage(Kind.USER, limit.get().message() + where);
    }
    if (failure instanceof CallbackException
        && !(failure.getCause() instanceof TrifocalException)) {
      return new FailureMessage(Kind.PROGRAM, "internal error: " + failure.getMessage());
    }
    if (failure instanceof DivergedException) {
      return new FailureMessage(Kind.USER, failure.getMessage() + " (--lr)");
    }
    if (failure instanceof TrifocalException) {
      return new FailureMessage(Kind.USER, failure.getMessage());
    }
    return new FailureMessage(Kind.PROGRAM, "internal error: " + described(failure));
  }

  /** The outermost text: threads that pass an error on wrap it in one without words. */
  private static String memory(Throwable failure) {
    return chain(failure)
        .filter(OutOfMemoryError.class::isInstance)
        .map(Throwable::getMessage)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse("Java heap space");
  }

  private static String described(Throwable failure) {
    String file = failure instanceof FileSystemException e ? e.getFile() + ": " : "";
    return Optional.ofNullable(failure.getMessage())
        .map(text -> text.startsWith(file) ? text : file + text)
        .orElse(failure.getClass().getSimpleName());
  }

  private static boolean contains(Throwable failure, Class<? extends Throwable> type) {
    return chain(failure).anyMatch(type::isInstance);
  }

  private static Stream<Throwable> chain(Throwable failure) {
    return Stream.iterate(failure, e -> e != null, Throwable::getCause);
  }
}
