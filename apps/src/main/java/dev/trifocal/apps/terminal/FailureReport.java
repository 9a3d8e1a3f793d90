package dev.trifocal.apps.terminal;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reports failures to the user: one message, and a stack trace on request. */
public final class FailureReport {
  /** The environment variable that enables stack traces for all failures. */
  public static final String DEBUG = "TRIFOCAL_DEBUG";

  /** How much to print. */
  public enum Detail {
    MESSAGE,
    STACK_TRACE
  }

  /** What Java replaces bytes by that it cannot decode. */
  private static final String UNDECODED = "\uFFFD";

  private final Terminal terminal;
  private final List<String> arguments;

  /**
   * Creates a report.
   *
   * @param arguments the command line that failed
   */
  public FailureReport(Terminal terminal, List<String> arguments) {
    this.terminal = terminal;
    this.arguments = List.copyOf(arguments);
  }

  /** Prints the failure and returns the exit code. */
  public int report(Throwable failure, Detail detail) {
    FailureMessage problem = FailureMessage.of(failure);
    terminal.error("error: " + problem.message() + undecoded(problem));
    if (detail == Detail.STACK_TRACE || terminal.variable(DEBUG).isPresent()) {
      terminal.error(trace(failure));
    } else if (problem.kind() == FailureMessage.Kind.PROGRAM) {
      terminal.error(logged(failure));
    }
    return problem.kind().exitCode();
  }

  /** Explains a failure about an argument that Java could not decode; empty for others. */
  private String undecoded(FailureMessage problem) {
    boolean isCause =
        arguments.stream()
            .filter(argument -> argument.contains(UNDECODED))
            .map(argument -> argument.replaceFirst("^--[a-z-]+=", ""))
            .anyMatch(problem.message()::contains);
    return isCause && problem.isUsers() && !problem.message().contains("not valid UTF-8")
        ? "; the name contains bytes that are not valid UTF-8, so it cannot be found: rename it"
        : "";
  }

  private static String logged(Throwable failure) {
    try {
      Path log = Files.createTempFile("trifocal-", ".log");
      Files.writeString(log, trace(failure));
      return "This is a bug in Trifocal. Details are in " + log + "; please report it.";
    } catch (IOException | LinkageError e) {
      return "This is a bug in Trifocal. Please run the command again with --stacktrace and report"
          + " it.";
    }
  }

  private static String trace(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text, true));
    return text.toString().stripTrailing();
  }
}
