package dev.trifocal.apps.training;

import dev.trifocal.apps.model.NamedModel;
import dev.trifocal.apps.report.Numbers;
import dev.trifocal.apps.report.ProgramVersion;
import dev.trifocal.apps.report.training.Fact;
import dev.trifocal.apps.run.Run;
import dev.trifocal.backend.Backend;
import dev.trifocal.config.SettingsText;
import dev.trifocal.data.Splits;
import dev.trifocal.graph.Summary;
import dev.trifocal.trainer.EpochRecord;
import dev.trifocal.trainer.PhaseTime;
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
  public static List<Fact> of(NamedModel model, Backend backend) {
    Summary summary = Summary.of(model.graph());
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("model", model.name()));
    facts.add(new Fact("data", model.settings().data()));
    facts.add(
        new Fact(
            "engine", "%s on %s".formatted(backend.engine(), model.settings().engine().device())));
    facts.add(
        new Fact(
            "parameters",
            "%s, trainable %s"
                .formatted(
                    Numbers.count(summary.parameters()), Numbers.count(summary.trainable()))));
    facts.add(new Fact("Trifocal", ProgramVersion.text()));
    return facts;
  }

  /**
   * How many samples each part has: {@code 900 samples to train on, 100 to validate}.
   *
   * @param unit {@code " samples"}, or empty
   */
  public static String samples(Splits data, String unit) {
    StringBuilder text =
        new StringBuilder(Numbers.count(data.train().size()) + unit + " to train on");
    data.validation()
        .ifPresent(part -> text.append(", %s to validate".formatted(Numbers.count(part.size()))));
    data.test()
        .ifPresent(part -> text.append(", %s to test".formatted(Numbers.count(part.size()))));
    return text.toString();
  }

  /** Of a training. */
  public static List<Fact> of(
      Run run,
      NamedModel model,
      List<EpochRecord> epochs,
      Splits data,
      Backend backend,
      List<PhaseTime> times) {
    List<Fact> facts = new ArrayList<>(of(model, backend));
    facts.add(new Fact("samples", samples(data, "")));
    facts.add(
        new Fact(
            "epochs",
            "%d, the best after %d"
                .formatted(epochs.size(), model.state().progress().bestEpoch())));
    for (PhaseTime time : times) {
      facts.add(
          new Fact(
              "wall time, " + time.phase(),
              "%s: waiting for data %s, engine %s, other %s"
                  .formatted(
                      Numbers.seconds(time.total()),
                      Numbers.seconds(time.data()),
                      Numbers.seconds(time.engine()),
                      Numbers.seconds(time.other()))));
    }
    Map<String, String> settings = SettingsText.values(run.settings());
    SETTINGS.stream()
        .filter(key -> !settings.getOrDefault(key, "none").equals("none"))
        .forEach(key -> facts.add(new Fact(key.replace('-', ' '), settings.get(key))));
    return facts;
  }
}
