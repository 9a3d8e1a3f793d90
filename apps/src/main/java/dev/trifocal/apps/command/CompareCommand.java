package dev.trifocal.apps.command;

import dev.trifocal.apps.report.Json;
import dev.trifocal.apps.report.NumberText;
import dev.trifocal.apps.report.RunComparison;
import dev.trifocal.apps.report.TextTable;
import dev.trifocal.apps.run.RunFolders;
import dev.trifocal.apps.run.StepFile;
import dev.trifocal.apps.run.StepRecord;
import dev.trifocal.apps.run.TrainingRun;
import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.trainer.EpochRecord;
import dev.trifocal.trainer.RunDirectory;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares the losses of several runs step by step. */
@Command(
    name = "compare",
    description = {
      "Compare the losses of runs, step by step, with those of the first run.",
      "",
      "Runs with the same seed on different engines should differ only by rounding. A run that was"
          + " interrupted and resumed should match an uninterrupted one."
    },
    footer = {
      "  trifocal compare runs/lenet5-mnist-1 runs/lenet5-mnist-2 --steps 100",
      "  trifocal compare runs/a runs/b runs/c --json"
    })
public final class CompareCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final RunFolders folders;

  @Parameters(paramLabel = "RUN", arity = "2..*", description = "Run directories.")
  private List<Path> runs;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Compare only the first N steps. Default: all steps that both runs have.")
  private int steps = Integer.MAX_VALUE;

  @Mixin private JsonFlag json;

  @Inject
  CompareCommand(Terminal terminal, RunFolders folders) {
    this.terminal = terminal;
    this.folders = folders;
  }

  @Override
  public Integer call() {
    if (steps < 1) {
      throw new ConfigurationException("--steps must be positive, but is " + steps);
    }
    List<Double> base = losses(steps(runs.get(0)));
    List<RunComparison> comparisons = runs.stream().map(run -> compared(run, base)).toList();
    terminal.line(json.wanted() ? new Json().text(comparisons) : table(comparisons));
    return 0;
  }

  private RunComparison compared(Path named, List<Double> base) {
    List<StepRecord> taken = steps(named);
    List<EpochRecord> history =
        RunDirectory.at(folders.open(named, Map.of()).folder()).last().progress().history();
    return RunComparison.of(
        named.toString(),
        taken.stream().map(StepRecord::backend).distinct().toList(),
        base,
        losses(taken),
        steps,
        history.isEmpty() ? Map.of() : history.get(history.size() - 1).metrics());
  }

  private List<StepRecord> steps(Path named) {
    TrainingRun run = folders.open(named, Map.of());
    List<StepRecord> taken = StepFile.of(run).read();
    if (taken.isEmpty() || taken.get(0).step() != 1) {
      throw new ConfigurationException(
          run.folder()
              + " has no record of step 1; only runs recorded from the first step can be compared");
    }
    return taken;
  }

  private static List<Double> losses(List<StepRecord> taken) {
    return taken.stream().map(StepRecord::loss).toList();
  }

  private static String table(List<RunComparison> comparisons) {
    TextTable table =
        new TextTable().text("run").text("backend").number("steps").number("first loss");
    table.number("last loss").number("largest difference").number("at step");
    List<String> names =
        comparisons.get(0).metrics().keySet().stream().filter(n -> n.startsWith("val_")).toList();
    names.forEach(table::number);
    for (RunComparison one : comparisons) {
      List<Object> cells = new ArrayList<>();
      cells.add(one.run());
      cells.add(String.join(", ", one.backends()));
      cells.add(NumberText.count(one.steps()));
      cells.add(NumberText.precise(one.first()));
      cells.add(NumberText.precise(one.last()));
      cells.add(String.format(Locale.ROOT, "%.1e", one.largest()));
      cells.add(one.at() == 0 ? "-" : NumberText.count(one.at()));
      names.forEach(
          name -> {
            Double value = one.metrics().get(name);
            cells.add(value == null ? "-" : NumberText.precise(value));
          });
      table.row(cells.toArray());
    }
    return table.toString();
  }
}
