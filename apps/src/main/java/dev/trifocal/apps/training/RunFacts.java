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

/** What a report says of a model and its training. */
public final class RunFacts {
  /** The settings that a reader asks about. */
  public static final List<String> SETTINGS =
      List.of(
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

  /** Of a model that was evaluated. */
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
   * How many samples each part has: {@code 900 samples to train on, 100 to validate}.
   *
   * @param unit {@code " samples"}, or empty
   */
  public static String samples(Splits data, String unit) {
    StringBuilder text =
        new StringBuilder(NumberText.count(data.train().size()) + unit + " to train on");
    data.validation()
        .ifPresent(
            part -> text.append(", %s to validate".formatted(NumberText.count(part.size()))));
    data.test()
        .ifPresent(part -> text.append(", %s to test".formatted(NumberText.count(part.size()))));
    return text.toString();
  }

  /** Of a training. */
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
            "%s, the best after %s"
                .formatted(epochs.size(), model.state().progress().bestEpoch())));
    for (PhaseTime time : times) {
      facts.add(
          new ReportFact(
              "wall time, " + time.phase(),
              "%s: waiting for data %s, engine %s, other %s"
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
