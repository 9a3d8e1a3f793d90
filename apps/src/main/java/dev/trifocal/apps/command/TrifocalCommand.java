package dev.trifocal.apps.command;

import dev.trifocal.apps.terminal.FailureReport;
import dev.trifocal.version.TrifocalVersion;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The top-level command, which prints the help. */
@Command(
    name = "trifocal",
    description = "Deep computer vision in Java: one model definition, several engines.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = TrifocalCommand.Version.class,
    scope = ScopeType.INHERIT,
    descriptionHeading = "%n",
    parameterListHeading = "%nParameters:%n",
    optionListHeading = "%nOptions:%n",
    commandListHeading = "%nCommands:%n",
    footerHeading = "%nExamples:%n",
    sortOptions = false,
    footer = {
      "  trifocal train                            LeNet-5 on generated digits",
      "  trifocal train --model mnist-cnn --data mnist --epochs 3",
      "  trifocal evaluate runs/lenet5-digits-1    the best weights of that run",
      "  trifocal summary three-conv --batch 50    shapes, parameters, memory",
      "",
      "MODEL is a model listed by 'trifocal zoo', an .onnx file or a run directory. DATA is a data"
          + " set listed by 'trifocal datasets', a folder with one subfolder of images per class, or"
          + " a folder with x.npy and y.npy. Options take precedence over -Dtrifocal.* properties,"
          + " which take precedence over trifocal.conf in the working directory."
    })
public final class TrifocalCommand implements Runnable {
  /** The option that is evaluated before the commands are created. */
  public static final String QUIET = "--quiet";

  @Spec private CommandSpec spec;

  @Option(
      names = "--stacktrace",
      scope = ScopeType.INHERIT,
      description = "Print the stack trace of errors.")
  private boolean stacktrace;

  @Option(names = QUIET, scope = ScopeType.INHERIT, description = "Print only results and errors.")
  private boolean quiet;

  /** Returns true if only results and errors are printed. */
  public boolean isQuiet() {
    return quiet;
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** Returns how much detail to print for a failure. */
  public FailureReport.Detail detail() {
    return stacktrace ? FailureReport.Detail.STACK_TRACE : FailureReport.Detail.MESSAGE;
  }

  /** What {@code --version} prints. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"trifocal " + TrifocalVersion.text()};
    }
  }
}
