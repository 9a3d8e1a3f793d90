package dev.trifocal.apps.command;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Options of the learning rate schedule. */
public final class ScheduleFlags {
  private final Map<String, String> values = new LinkedHashMap<>();

  @Option(
      names = "--schedule",
      paramLabel = "NAME",
      description =
          "Learning rate schedule: constant, cosine, one-cycle, step, exponential or plateau."
              + " Default: one-cycle, which is constant over fewer than 7 steps.")
  private void schedule(String value) {
    values.put("schedule", value);
  }

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      description = "Steps during which the rate rises before the schedule. Default: 0.")
  private void warmUp(String value) {
    values.put("warm-up", value);
  }

  @Option(
      names = "--gamma",
      paramLabel = "X",
      description =
          "Factor by which the schedules step, exponential and plateau multiply the learning rate."
              + " Default: 0.1 for step and plateau, 0.9 for exponential.")
  private void gamma(String value) {
    values.put("gamma", value);
  }

  @Option(
      names = "--step-size",
      paramLabel = "N",
      description = "Schedule step: epochs between changes. Default: 10.")
  private void stepSize(String value) {
    values.put("step-size", value);
  }

  @Option(
      names = "--plateau-patience",
      paramLabel = "N",
      description =
          "Schedule plateau: epochs without a lower validation loss that are tolerated before the"
              + " learning rate drops. Default: 10.")
  private void plateauPatience(String value) {
    values.put("plateau-patience", value);
  }

  @Option(
      names = "--plateau-threshold",
      paramLabel = "X",
      description =
          "Schedule plateau: relative decrease of the validation loss that counts as an"
              + " improvement. Default: 0.0001.")
  private void plateauThreshold(String value) {
    values.put("plateau-threshold", value);
  }

  @Option(
      names = "--plateau-cooldown",
      paramLabel = "N",
      description = "Schedule plateau: epochs to ignore after each drop. Default: 0.")
  private void plateauCooldown(String value) {
    values.put("plateau-cooldown", value);
  }

  @Option(
      names = "--plateau-min-lr",
      paramLabel = "X",
      description = "Schedule plateau: minimum learning rate. Default: 0.")
  private void plateauMinLearningRate(String value) {
    values.put("plateau-min-lr", value);
  }

  Map<String, String> values() {
    return values;
  }
}
