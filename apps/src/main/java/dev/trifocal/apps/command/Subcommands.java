package dev.trifocal.apps.command;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IFactory;

/**
 * The commands of the program. To describe one, picocli reads all its options and creates its
 * objects, which takes as long as the rest of a start; so only the command that is called is
 * described, if the command line begins with it.
 */
public final class Subcommands {
  /** All commands in the order of the help. */
  private static final List<Class<?>> ALL =
      List.of(
          TrainCommand.class,
          TransferCommand.class,
          EvaluateCommand.class,
          PredictCommand.class,
          ExplainCommand.class,
          InspectModelCommand.class,
          RunCommand.class,
          SummaryCommand.class,
          ExportCommand.class,
          ConvertCommand.class,
          BackendsCommand.class,
          ZooCommand.class,
          DatasetsCommand.class,
          BenchmarkCommand.class,
          AdviseCommand.class,
          CompareCommand.class);

  private Subcommands() {}

  /** Adds the commands that a command line can call. */
  public static void addTo(CommandLine top, IFactory factory, List<String> arguments) {
    called(arguments)
        .map(List::<Class<?>>of)
        .orElse(ALL)
        .forEach(type -> top.addSubcommand(new CommandLine(type, factory)));
  }

  /** Returns the command that a command line begins with. */
  private static Optional<Class<?>> called(List<String> arguments) {
    return arguments.stream()
        .findFirst()
        .flatMap(
            word ->
                ALL.stream()
                    .filter(type -> name(type).equals(word))
                    .<Class<?>>map(t -> t)
                    .findFirst());
  }

  private static String name(Class<?> type) {
    return type.getAnnotation(Command.class).name();
  }
}
