package dev.trifocal.apps.command;

import dev.trifocal.apps.terminal.FailureReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program itself, which shows what it can do. */
@Command(
    name = "trifocal",
    description = "Deep computer vision in Java: one model definition, several engines.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = ProgramVersionProvider.class,
    scope = ScopeType.INHERIT,
    descriptionHeading = "%n",
    parameterListHeading = "%nParameters:%n",
    optionListHeading = "%nOptions:%n",
    commandListHeading = "%nCommands:%n",
    footerHeading = "%nExamples:%n",
    sortOptions = false,
    subcommands = {
      TrainCommand.class,
      TransferCommand.class,
      EvaluateCommand.class,
      PredictCommand.class,
      RunCommand.class,
      SummaryCommand.class,
      ExportCommand.class,
      BackendsCommand.class,
      ZooCommand.class,
      DatasetsCommand.class,
      BenchmarkCommand.class,
      CompareCommand.class
    },
    footer = {
      "  trifocal train                            LeNet-5 on generated digits",
      "  trifocal train --model mnist-cnn --data mnist --epochs 3",
      "  trifocal evaluate runs/lenet5-digits-1    its best weights, once more",
      "  trifocal summary three-conv --batch 50    shapes, parameters, memory",
      "",
      "MODEL is a name that 'trifocal zoo' lists, an .onnx file, or a run directory. DATA is a",
      "name that 'trifocal datasets' lists, a folder with a folder of pictures for each class, or",
      "a folder with x.npy and y.npy. Settings come from flags, then -Dtrifocal.* properties, then",
      "trifocal.conf in the working directory."
    })
public final class TrifocalCommand implements Runnable {
  /** Heard before the commands are made. */
  public static final String QUIET = "--quiet";

  @Spec private CommandSpec spec;

  @Option(
      names = "--stacktrace",
      scope = ScopeType.INHERIT,
      description = "On a failure, show where in the program it happened.")
  private boolean stacktrace;

  @Option(
      names = QUIET,
      scope = ScopeType.INHERIT,
      description = "Print results and errors, and nothing beside them.")
  private boolean quiet;

  /** Whether results and errors are all that is wanted. */
  public boolean isQuiet() {
    return quiet;
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** What to show of a failure. */
  public FailureReport.Detail detail() {
    return stacktrace ? FailureReport.Detail.STACK_TRACE : FailureReport.Detail.MESSAGE;
  }
}
