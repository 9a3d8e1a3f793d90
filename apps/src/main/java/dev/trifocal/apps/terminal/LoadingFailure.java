package dev.trifocal.apps.terminal;

/**
 * Reports failures that {@link FailureReport} cannot report, such as that of loading it. Depends
 * only on this package and the JDK, and loads all its classes when it is created.
 */
public final class LoadingFailure {
  private final Terminal terminal;
  private final int userError = FailureMessage.Kind.USER.exitCode();
  private final int programError = FailureMessage.Kind.PROGRAM.exitCode();

  public LoadingFailure(Terminal terminal) {
    this.terminal = terminal;
    SystemLimit.behind(new NoClassDefFoundError());
  }

  /** Prints one message and returns the exit code. */
  public int report(Throwable failure) {
    return SystemLimit.behind(failure)
        .map(limit -> told(limit.message(), userError))
        .orElseGet(() -> told(described(failure), programError));
  }

  private int told(String message, int code) {
    terminal.error("error: " + message);
    return code;
  }

  private static String described(Throwable failure) {
    return failure instanceof LinkageError
        ? "Trifocal's libraries are incomplete or damaged (%s); delete apps/target to rebuild them"
            .formatted(failure)
        : "internal error: " + failure;
  }
}
