package dev.trifocal.apps.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The environment of the process: streams, environment variables, properties and working directory.
 * The only class that reads them from {@link System}.
 */
public final class Terminal {
  /** Whether output goes to an interactive terminal. */
  public enum Audience {
    PERSON,
    FILE
  }

  /** The amount of output. */
  public enum Verbosity {
    /** Results, progress and notes. */
    NORMAL,
    /** Results and errors only. */
    QUIET
  }

  private final ResultStream out;
  private final PrintStream err;
  private final Audience audience;
  private final Path directory;
  private final Map<String, String> environment;
  private final Map<String, String> properties;
  private final Verbosity verbosity;

  /**
   * Creates a terminal.
   *
   * @param out what results are written to, in UTF-8
   */
  public Terminal(
      OutputStream out,
      PrintStream err,
      Audience audience,
      Path directory,
      Map<String, String> environment,
      Map<String, String> properties) {
    this(
        new ResultStream(out, StandardCharsets.UTF_8),
        err,
        audience,
        directory,
        environment,
        properties,
        Verbosity.NORMAL);
  }

  private Terminal(
      ResultStream out,
      PrintStream err,
      Audience audience,
      Path directory,
      Map<String, String> environment,
      Map<String, String> properties,
      Verbosity verbosity) {
    this.out = out;
    this.err = err;
    this.audience = audience;
    this.directory = directory;
    this.environment = Map.copyOf(environment);
    this.properties = Map.copyOf(properties);
    this.verbosity = verbosity;
  }

  /** Returns the environment of this process. */
  // The launcher selects the console of java.base, which is null without a terminal.
  @SuppressWarnings("SystemConsoleNull")
  public static Terminal system() {
    Map<String, String> properties =
        System.getProperties().stringPropertyNames().stream()
            .collect(Collectors.toMap(name -> name, System::getProperty));
    return new Terminal(
        new ResultStream(new FileOutputStream(FileDescriptor.out), charset(properties)),
        System.err,
        System.console() == null ? Audience.FILE : Audience.PERSON,
        Path.of(""),
        System.getenv(),
        properties,
        Verbosity.NORMAL);
  }

  /** Returns the encoding of {@link System#out}, which Java 17 does not tell. */
  private static Charset charset(Map<String, String> properties) {
    return Stream.of("stdout.encoding", "sun.stdout.encoding", "native.encoding")
        .map(properties::get)
        .filter(Objects::nonNull)
        .filter(Charset::isSupported)
        .findFirst()
        .map(Charset::forName)
        .orElse(StandardCharsets.UTF_8);
  }

  /** Exits the process. */
  public static void exit(int status) {
    System.exit(status);
  }

  /** Exits the process at once, without running shutdown hooks. */
  public static void halt(int status) {
    Runtime.getRuntime().halt(status);
  }

  /** Prints a line of results to standard output. */
  public void line(String text) {
    out.printer().println(text);
    out.printer().flush();
  }

  /** Prints a line about progress, which is not a result. */
  public void progress(String text) {
    if (verbosity == Verbosity.NORMAL) {
      line(text);
    }
  }

  /** Prints a note to standard error, unless only results are wanted. */
  public void remark(String text) {
    if (verbosity == Verbosity.NORMAL) {
      error(text);
    }
  }

  /** Prints an error message, regardless of the verbosity. */
  public void error(String text) {
    err.println(text);
    err.flush();
  }

  /** Returns this terminal with another verbosity. */
  public Terminal verbosity(Verbosity other) {
    return new Terminal(out, err, audience, directory, environment, properties, other);
  }

  public Verbosity verbosity() {
    return verbosity;
  }

  public PrintStream out() {
    return out.printer();
  }

  /**
   * Returns why not all results could be written to standard output; empty if they were, or if
   * their reader has ended.
   */
  public Optional<String> outputFailure() {
    return out.failure();
  }

  public PrintStream err() {
    return err;
  }

  public Audience audience() {
    return audience;
  }

  /**
   * Returns the directory that relative paths are resolved against; empty for the process's own.
   */
  public Path directory() {
    return directory;
  }

  /** Returns an environment variable; an empty one counts as unset. */
  public Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }

  public Map<String, String> properties() {
    return properties;
  }
}
