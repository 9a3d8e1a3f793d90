package dev.trifocal.config;

import dev.trifocal.backend.Device;
import dev.trifocal.data.Shuffle;
import dev.trifocal.train.Decay;
import dev.trifocal.train.Sgd;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads each key once, into the record that it belongs to. */
final class SettingsReader {
  private final SettingValues values;

  SettingsReader(SettingValues values) {
    this.values = values;
  }

  Settings settings() {
    return new Settings(
        model(),
        values.text("data"),
        values.optionalPath("data-dir"),
        values.optionalPath("cache-dir"),
        values.whole("seed"),
        engine(),
        training());
  }

  private ModelSettings model() {
    Optional<Path> weights = values.optionalPath("weights");
    boolean partial = values.yes("partial");
    if (partial && weights.isEmpty()) {
      values.complain("partial", "needs weights, a file to take them from");
    }
    return new ModelSettings(
        values.text("model"),
        values.number("width", Range.POSITIVE),
        weights,
        partial ? ModelSettings.Fit.PARTIAL : ModelSettings.Fit.WHOLE,
        values.words("freeze"),
        values.optionalText("head"));
  }

  private EngineSettings engine() {
    Device device = values.parsed("device", Device::parse).orElse(Device.CPU);
    return new EngineSettings(values.text("backend"), device, values.natural("threads"));
  }

  private TrainingSettings training() {
    return new TrainingSettings(
        values.positive("epochs"),
        values.positive("batch-size"),
        optimizer(),
        values.choice("decay-of", Decay.class).orElse(Decay.ALL),
        clipping(),
        schedule(),
        values.number("label-smoothing", Range.SHARE),
        values.optionalPositive("patience"),
        values.positive("checkpoint-every"),
        values.positive("loader-threads"),
        values.yes("shuffle") ? Shuffle.EACH_EPOCH : Shuffle.NONE);
  }

  private OptimizerSettings optimizer() {
    Optional<OptimizerKind> known = values.choice("optimizer", OptimizerKind.class);
    OptionalDouble momentum = values.optionalNumber("momentum", "none", Range.DECAY);
    boolean nesterov = values.yes("nesterov");
    known.ifPresent(kind -> requireSuited(kind, momentum, nesterov));
    OptimizerKind kind = known.orElse(OptimizerKind.ADAM);
    return new OptimizerSettings(
        kind,
        values.optionalNumber("lr", "auto", Range.POSITIVE).orElse(kind.learningRate()),
        momentum,
        nesterov ? Sgd.Acceleration.NESTEROV : Sgd.Acceleration.CLASSICAL,
        values.optionalNumber("weight-decay", "none", Range.NATURAL));
  }

  private void requireSuited(OptimizerKind kind, OptionalDouble momentum, boolean nesterov) {
    if (momentum.isPresent() && !kind.hasMomentum()) {
      values.complain(
          "momentum", "is for sgd and rmsprop, but the optimizer is " + SettingValues.word(kind));
    }
    if (nesterov && (kind != OptimizerKind.SGD || momentum.orElse(0) == 0)) {
      values.complain("nesterov", "needs the optimizer sgd with a momentum above 0");
    }
  }

  private ClippingSettings clipping() {
    ClippingSettings clipping =
        new ClippingSettings(
            values.optionalNumber("clip-value", "none", Range.POSITIVE),
            values.optionalNumber("clip-norm", "none", Range.POSITIVE));
    if (clipping.value().isPresent() && clipping.norm().isPresent()) {
      values.complain("clip-value", "and clip-norm exclude one another; leave one out");
    }
    return clipping;
  }

  private ScheduleSettings schedule() {
    return new ScheduleSettings(
        values.choice("schedule", ScheduleKind.class).orElse(ScheduleKind.CONSTANT),
        values.natural("warm-up"),
        values.optionalNumber("gamma", "none", Range.FACTOR),
        values.positive("step-size"));
  }
}
