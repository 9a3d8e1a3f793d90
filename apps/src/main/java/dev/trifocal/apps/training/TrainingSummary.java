package dev.trifocal.apps.training;

import dev.trifocal.apps.model.ClassEvaluation;
import dev.trifocal.apps.model.DataSplit;
import dev.trifocal.apps.model.LoadedModel;
import dev.trifocal.apps.model.ModelEvaluation;
import dev.trifocal.apps.model.OnnxModelWriter;
import dev.trifocal.apps.report.EvaluationResult;
import dev.trifocal.apps.report.NumberText;
import dev.trifocal.apps.report.PhaseTimes;
import dev.trifocal.apps.report.TextTable;
import dev.trifocal.apps.report.TransferPhases;
import dev.trifocal.apps.report.training.MetricCurves;
import dev.trifocal.apps.run.TrainingRun;
import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.backend.Backend;
import dev.trifocal.data.Dataset;
import dev.trifocal.data.Splits;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.UnusedTensors;
import dev.trifocal.trainer.EpochRecord;
import dev.trifocal.trainer.PhaseTime;
import dev.trifocal.trainer.StopReason;
import dev.trifocal.trainer.TrainingState;
import dev.trifocal.transfer.TransferTrainer;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Completes a training run: prints the epochs, tests the best weights and writes the model file.
 */
public final class TrainingSummary {
  private final Terminal terminal;
  private final ReportWriter reports;

  @Inject
  TrainingSummary(Terminal terminal, ReportWriter reports) {
    this.terminal = terminal;
    this.reports = reports;
  }

  /** Evaluates, exports and writes the report; returns the exit code. */
  int print(
      TrainingRun run,
      TrainingOutcome outcome,
      Splits data,
      Backend backend,
      List<PhaseTime> times) {
    List<EpochRecord> epochs = outcome.progress().history();
    TrainingState best = run.directory().best().inference();
    // The slots, which the model does not need.
    UnusedTensors.free(best.checkpoint().bytes());
    int epoch = best.progress().bestEpoch();
    EpochRecord bestEpoch = epochs.get(epoch - 1);
    Shape sample = best.checkpoint().graph().inputs().get(0).shape();
    // Reloaded from the files, so that the results are those of the saved model.
    LoadedModel saved =
        new LoadedModel(
            run.folder().toString(),
            best,
            run.settings(),
            Optional.of(run.settings().images().preprocessing(sample)),
            Optional.empty());
    List<EvaluationResult> scores = scores(data, bestEpoch, new ModelEvaluation(backend, saved));
    terminal.progress("");
    if (terminal.audience() == Terminal.Audience.PERSON) {
      // In a file the lines that were written epoch by epoch say the same.
      terminal.progress(epochTable(epochs).toString());
      terminal.progress("");
    }
    if (run.settings().transfer().isPresent()) {
      int frozen = TransferTrainer.frozenEpochs(outcome.progress()).orElse(epochs.size());
      terminal.progress(TransferPhases.table(epochs, frozen).toString());
      terminal.progress("");
    }
    terminal.progress(PhaseTimes.table(times).toString());
    terminal.progress("");
    if (outcome.ending() == StopReason.STOPPED) {
      terminal.progress("stopped: " + outcome.progress().callbacks().stopReason().orElseThrow());
    }
    if (outcome.ending() == StopReason.EARLY_STOPPED) {
      terminal.progress("stopped early: no improvement in the last epochs");
    }
    terminal.line(
        "best weights, from epoch %d%s:"
            .formatted(
                epoch, data.validation().isPresent() ? "" : " (chosen on the training set)"));
    terminal.line(EvaluationResult.table(scores).toString());
    Map.Entry<String, Dataset> shown = DataSplit.heldOut(data).entrySet().iterator().next();
    new ClassEvaluation(backend, saved)
        .of(shown.getKey(), shown.getValue())
        .ifPresent(
            results -> {
              terminal.progress("");
              terminal.progress(results.table().toString());
            });
    OptionalInt fineTuned =
        TransferTrainer.frozenEpochs(outcome.progress()).stream()
            .mapToInt(frozen -> frozen + 1)
            .findFirst();
    ReportSubject subject =
        new ReportSubject(
            saved,
            shown.getKey(),
            shown.getValue(),
            new MetricCurves(epochs, fineTuned),
            scores,
            RunFacts.of(run, saved, epochs, data, backend, times),
            Optional.empty());
    // Written before the report, so that the run counts as finished even if the report fails.
    OnnxModelWriter.of(saved).write(run.model(), Optional.empty());
    if (subject.isPossible()) {
      reports.write(run.folder(), backend, subject);
      terminal.progress("report: " + run.folder().resolve(ReportWriter.PAGE));
    }
    terminal.progress("");
    terminal.progress("try it: " + NextCommand.of(run.folder(), shown.getValue()));
    return 0;
  }

  /**
   * Returns the scores on the validation set, or on the training set if there is none, then on the
   * test set.
   */
  private static List<EvaluationResult> scores(
      Splits data, EpochRecord best, ModelEvaluation evaluation) {
    EvaluationResult first =
        data.validation()
            .map(part -> new EvaluationResult("validation", part.size(), best.validation()))
            .orElseGet(() -> new EvaluationResult("train", data.train().size(), best.training()));
    List<EvaluationResult> scores = new ArrayList<>(List.of(first));
    data.test().ifPresent(part -> scores.addAll(evaluation.scores(Map.of("test", part))));
    return scores;
  }

  private static TextTable epochTable(List<EpochRecord> epochs) {
    TextTable table = new TextTable().number("epoch");
    List<String> names = List.copyOf(epochs.get(0).metrics().keySet());
    names.forEach(table::number);
    table.number("lr").number("seconds");
    for (EpochRecord epoch : epochs) {
      Object[] cells = new Object[names.size() + 3];
      cells[0] = epoch.epoch();
      for (int i = 0; i < names.size(); i++) {
        cells[1 + i] = NumberText.precise(epoch.metrics().get(names.get(i)));
      }
      cells[names.size() + 1] = NumberText.rate(epoch.lr());
      cells[names.size() + 2] = String.format(Locale.ROOT, "%.1f", epoch.seconds());
      table.row(cells);
    }
    return table;
  }
}
