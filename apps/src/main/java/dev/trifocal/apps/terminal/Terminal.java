package dev.trifocal.apps.terminal;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a process has from its surroundings: streams, environment, properties, the working
 * directory. The only class that asks {@link System} for them.
 */
public final class Terminal {
  /** Whether someone watches the output as it comes. */
  public enum Audience {
    PERSON,
    FILE
  }

  /** How much is said. */
  public enum Verbosity {
    /** Results, what goes on, and notes. */
    NORMAL,
    /** Results and errors. */
    QUIET
  }

  private final PrintStream out;
  private final PrintStream err;
  private final Audience audience;
  private final Path directory;
  private final Map<String, String> environment;
  private final Map<String, String> properties;
  private final Verbosity verbosity;

  public Terminal(
      PrintStream out,
      PrintStream err,
      Audience audience,
      Path directory,
      Map<String, String> environment,
      Map<String, String> properties) {
    this(out, err, audience, directory, environment, properties, Verbosity.NORMAL);
  }

  private Terminal(
      PrintStream out,
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

  /** The surroundings of this process. */
  // The launcher chooses the console of java.base, which is null without a terminal.
  @SuppressWarnings("SystemConsoleNull")
  public static Terminal system() {
    Map<String, String> properties =
        System.getProperties().stringPropertyNames().stream()
            .collect(Collectors.toMap(name -> name, System::getProperty));
    return new Terminal(
        System.out,
        System.err,
        System.console() == null ? Audience.FILE : Audience.PERSON,
        Path.of(""),
        System.getenv(),
        properties);
  }

  /** Ends the process. */
  public static void exit(int status) {
    System.exit(status);
  }

  /** Ends the process without any further act. */
  public static void halt(int status) {
    Runtime.getRuntime().halt(status);
  }

  /** A line of results. */
  public void line(String text) {
    out.println(text);
    out.flush();
  }

  /** A line about what goes on, beside the results. */
  public void progress(String text) {
    if (verbosity == Verbosity.NORMAL) {
      line(text);
    }
  }

  /** A note, which no script should read. */
  public void remark(String text) {
    if (verbosity == Verbosity.NORMAL) {
      error(text);
    }
  }

  /** What is said of a failure, whoever wants quiet. */
  public void error(String text) {
    err.println(text);
    err.flush();
  }

  /** The same, with so much to say. */
  public Terminal verbosity(Verbosity other) {
    return new Terminal(out, err, audience, directory, environment, properties, other);
  }

  public Verbosity verbosity() {
    return verbosity;
  }

  public PrintStream out() {
    return out;
  }

  public PrintStream err() {
    return err;
  }

  public Audience audience() {
    return audience;
  }

  /** Where relative paths begin; empty for the process's own. */
  public Path directory() {
    return directory;
  }

  /** An environment variable; one that is empty counts as not there. */
  public Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }

  public Map<String, String> properties() {
    return properties;
  }
}
