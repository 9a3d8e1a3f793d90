package dev.trifocal.apps;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Stage;
import dev.trifocal.apps.command.OptionSections;
import dev.trifocal.apps.command.Subcommands;
import dev.trifocal.apps.command.TrifocalCommand;
import dev.trifocal.apps.terminal.FailureMessage;
import dev.trifocal.apps.terminal.FailureReport;
import dev.trifocal.apps.terminal.PrintStreamWriter;
import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.config.Suggestion;
import dev.trifocal.datasets.DatasetRegistry;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs one command line: takes arguments, returns an exit code and writes to the terminal. */
public final class CommandLineApp {
  private final Terminal terminal;
  private final DatasetRegistry datasets;

  public CommandLineApp(Terminal terminal, DatasetRegistry datasets) {
    this.terminal = terminal;
    this.datasets = datasets;
  }

  /**
   * Runs a command.
   *
   * @param arguments the command line, without the program's name
   * @return 0 on success, 2 on user errors, 1 on internal errors, 130 after an interrupt
   */
  public int run(String... arguments) {
    try {
      int code = commandLine(arguments).execute(arguments);
      return code == 0 ? terminal.outputFailure().map(this::lost).orElse(code) : code;
    } catch (RuntimeException | Error e) {
      return report(List.of(arguments)).report(e, FailureReport.Detail.MESSAGE);
    }
  }

  /**
   * Returns the commands with their options: all, or only the one that the command line begins
   * with.
   */
  CommandLine commandLine(String... arguments) {
    // Evaluated before the commands are created, since each holds its terminal.
    List<String> words = List.of(arguments);
    boolean quiet = words.contains(TrifocalCommand.QUIET);
    Terminal shown = quiet ? terminal.verbosity(Terminal.Verbosity.QUIET) : terminal;
    Injector injector = Guice.createInjector(Stage.DEVELOPMENT, new AppModule(shown, datasets));
    IFactory factory = new InjectingFactory(injector);
    CommandLine commands = new CommandLine(TrifocalCommand.class, factory);
    Subcommands.addTo(commands, factory, words);
    commands
        .setOut(new PrintWriter(new PrintStreamWriter(terminal.out()), true))
        .setErr(new PrintWriter(new PrintStreamWriter(terminal.err()), true));
    OptionSections.in(commands);
    Optional<Integer> columns = columns();
    return commands
        .setUsageHelpWidth(columns.orElse(100))
        .setUsageHelpAutoWidth(columns.isEmpty() && terminal.audience() == Terminal.Audience.PERSON)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(this::misused)
        .setExecutionExceptionHandler(this::failed);
  }

  /** Returns the width that the environment sets, but not less than picocli needs. */
  private Optional<Integer> columns() {
    return terminal
        .variable("COLUMNS")
        .filter(value -> value.matches("\\d{1,4}"))
        .map(Integer::parseInt)
        .filter(value -> value > 0)
        .map(value -> Math.max(55, value));
  }

  private FailureReport report(List<String> arguments) {
    return new FailureReport(terminal, arguments);
  }

  private int lost(String why) {
    terminal.error(
        "error: the results could not be written to standard output: %s; free some space, or write them elsewhere"
            .formatted(why));
    return FailureMessage.Kind.USER.exitCode();
  }

  private int misused(ParameterException e, String[] arguments) {
    if (e.getCause() instanceof RuntimeException cause && FailureMessage.of(cause).isUsers()) {
      return report(List.of(arguments)).report(cause, FailureReport.Detail.MESSAGE);
    }
    terminal.error("error: " + e.getMessage() + guess(e));
    terminal.error(
        "See '%s --help'.".formatted(e.getCommandLine().getCommandSpec().qualifiedName()));
    return FailureMessage.Kind.USER.exitCode();
  }

  private static String guess(ParameterException e) {
    if (!(e instanceof UnmatchedArgumentException unmatched)) {
      return "";
    }
    String word = unmatched.getUnmatched().get(0);
    if (!word.startsWith("-")) {
      return Suggestion.didYouMean(word, e.getCommandLine().getSubcommands().keySet());
    }
    List<String> suggestions = unmatched.getSuggestions();
    return suggestions.isEmpty() ? "" : " (did you mean %s?)".formatted(suggestions.get(0));
  }

  private int failed(Exception e, CommandLine command, ParseResult parsed) {
    TrifocalCommand top = command.getCommandSpec().root().commandLine().getCommand();
    return report(parsed.originalArgs()).report(e, top.detail());
  }

  /** Lets Guice make our commands, and picocli its own small objects. */
  private static final class InjectingFactory implements IFactory {
    private final Injector injector;
    private final IFactory picocli = CommandLine.defaultFactory();

    InjectingFactory(Injector injector) {
      this.injector = injector;
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
      return type.getName().startsWith("dev.trifocal.")
          ? injector.getInstance(type)
          : picocli.create(type);
    }
  }
}
