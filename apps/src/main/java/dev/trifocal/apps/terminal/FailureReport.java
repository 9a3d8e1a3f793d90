package dev.trifocal.apps.terminal;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells people about a failure: one message, and a stack trace only where someone can use it. */
public final class FailureReport {
  /** The environment variable that makes every failure show its stack trace. */
  public static final String DEBUG = "TRIFOCAL_DEBUG";

  /** What to show beside the message. */
  public enum Detail {
    MESSAGE,
    STACK_TRACE
  }

  private final Terminal terminal;

  public FailureReport(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Prints the failure and returns the exit code. */
  public int report(Throwable failure, Detail detail) {
    FailureMessage problem = FailureMessage.of(failure);
    terminal.error("error: " + problem.message());
    if (detail == Detail.STACK_TRACE || terminal.variable(DEBUG).isPresent()) {
      terminal.error(trace(failure));
    } else if (problem.kind() == FailureMessage.Kind.PROGRAM) {
      terminal.error(logged(failure));
    }
    return problem.kind().exitCode();
  }

  private static String logged(Throwable failure) {
    try {
      Path log = Files.createTempFile("trifocal-", ".log");
      Files.writeString(log, trace(failure));
      return "This is a fault of Trifocal. Its details are in " + log + "; please report it.";
    } catch (IOException e) {
      return "This is a fault of Trifocal. Run it again with --stacktrace and report it, please.";
    }
  }

  private static String trace(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text, true));
    return text.toString().stripTrailing();
  }
}
