package dev.trifocal.apps;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Stage;
import dev.trifocal.apps.command.OptionSections;
import dev.trifocal.apps.command.TrifocalCommand;
import dev.trifocal.apps.terminal.FailureMessage;
import dev.trifocal.apps.terminal.FailureReport;
import dev.trifocal.apps.terminal.PrintStreamWriter;
import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.config.Suggestion;
import dev.trifocal.datasets.DatasetRegistry;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program as a function: arguments in, exit code out, everything else through the terminal. */
public final class CommandLineApp {
  private final Terminal terminal;
  private final DatasetRegistry datasets;
  private final FailureReport problems;

  public CommandLineApp(Terminal terminal, DatasetRegistry datasets) {
    this.terminal = terminal;
    this.datasets = datasets;
    this.problems = new FailureReport(terminal);
  }

  /** 0, or 2 for the user's mistakes, 1 for ours, 130 after an interruption. */
  public int run(String... arguments) {
    try {
      return commandLine(arguments).execute(arguments);
    } catch (RuntimeException | Error e) {
      return problems.report(e, FailureReport.Detail.MESSAGE);
    }
  }

  /** All commands with their options. */
  CommandLine commandLine(String... arguments) {
    // Before any command is made, since each is made with its terminal.
    boolean quiet = List.of(arguments).contains(TrifocalCommand.QUIET);
    Terminal shown = quiet ? terminal.verbosity(Terminal.Verbosity.QUIET) : terminal;
    Injector injector = Guice.createInjector(Stage.DEVELOPMENT, new AppModule(shown, datasets));
    CommandLine commands =
        new CommandLine(TrifocalCommand.class, new InjectingFactory(injector))
            .setOut(new PrintWriter(new PrintStreamWriter(terminal.out()), true))
            .setErr(new PrintWriter(new PrintStreamWriter(terminal.err()), true));
    OptionSections.in(commands);
    return commands
        .setUsageHelpWidth(100)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(this::misused)
        .setExecutionExceptionHandler(this::failed);
  }

  private int misused(ParameterException e, String[] arguments) {
    if (e.getCause() instanceof RuntimeException cause && FailureMessage.of(cause).isUsers()) {
      return problems.report(cause, FailureReport.Detail.MESSAGE);
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
    return problems.report(e, top.detail());
  }
}
