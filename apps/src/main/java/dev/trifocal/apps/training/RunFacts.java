package dev.trifocal.apps.training;

import dev.trifocal.apps.model.LoadedModel;
import dev.trifocal.apps.report.NumberText;
import dev.trifocal.apps.report.training.ReportFact;
import dev.trifocal.apps.run.TrainingRun;
import dev.trifocal.backend.Backend;
import dev.trifocal.config.SettingsText;
import dev.trifocal.data.Splits;
import dev.trifocal.graph.GraphSummary;
import dev.trifocal.trainer.EpochRecord;
import dev.trifocal.trainer.PhaseTime;
import dev.trifocal.version.TrifocalVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The facts about a model and its training that a report lists. */
public final class RunFacts {
  /** The settings to list, in this order. */
  public static final List<String> SETTINGS =
      List.of(
          "recipe",
          "batch-size",
          "accumulate",
          "optimizer",
          "lr",
          "schedule",
          "momentum",
          "weight-decay",
          "label-smoothing",
          "class-weights",
          "ema",
          "freeze",
          "size",
          "augment",
          "dropout",
          "fine-tune-epochs",
          "fine-tune-from",
          "fine-tune-last",
          "fine-tune-rate",
          "rates",
          "seed");

  private RunFacts() {}

  /** Returns the facts about an evaluated model. */
  public static List<ReportFact> of(LoadedModel model, Backend backend) {
    GraphSummary summary = GraphSummary.of(model.graph());
    List<ReportFact> facts = new ArrayList<>();
    facts.add(new ReportFact("model", model.name()));
    facts.add(new ReportFact("data", model.settings().data()));
    facts.add(
        new ReportFact(
            "engine", "%s on %s".formatted(backend.engine(), model.settings().engine().device())));
    facts.add(
        new ReportFact(
            "parameters",
            "%s, trainable %s"
                .formatted(
                    NumberText.count(summary.parameters()),
                    NumberText.count(summary.trainable()))));
    facts.add(new ReportFact("Trifocal", TrifocalVersion.text()));
    return facts;
  }

  /**
   * Formats the size of each split: {@code 900 training samples, 100 validation}.
   *
   * @param unit {@code " samples"}, or empty
   */
  public static String samples(Splits data, String unit) {
    StringBuilder text =
        new StringBuilder(NumberText.count(data.train().size()) + " training" + unit);
    data.validation()
        .ifPresent(part -> text.append(", %s validation".formatted(NumberText.count(part.size()))));
    data.test()
        .ifPresent(part -> text.append(", %s test".formatted(NumberText.count(part.size()))));
    return text.toString();
  }

  /** Returns the facts about a training run. */
  public static List<ReportFact> of(
      TrainingRun run,
      LoadedModel model,
      List<EpochRecord> epochs,
      Splits data,
      Backend backend,
      List<PhaseTime> times) {
    List<ReportFact> facts = new ArrayList<>(of(model, backend));
    facts.add(new ReportFact("samples", samples(data, "")));
    facts.add(
        new ReportFact(
            "epochs",
            "%s (best: %s)".formatted(epochs.size(), model.state().progress().bestEpoch())));
    for (PhaseTime time : times) {
      facts.add(
          new ReportFact(
              "wall time, " + time.phase(),
              "%s (waiting for data %s, engine %s, other %s)"
                  .formatted(
                      NumberText.seconds(time.total()),
                      NumberText.seconds(time.data()),
                      NumberText.seconds(time.engine()),
                      NumberText.seconds(time.other()))));
    }
    Map<String, String> settings = SettingsText.values(run.settings());
    SETTINGS.stream()
        .filter(key -> !settings.getOrDefault(key, "none").equals("none"))
        .forEach(key -> facts.add(new ReportFact(key.replace('-', ' '), settings.get(key))));
    return facts;
  }
}
