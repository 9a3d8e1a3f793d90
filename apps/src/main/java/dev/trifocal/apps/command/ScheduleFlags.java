package dev.trifocal.apps.command;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Flags of how the learning rate changes during training. */
public final class ScheduleFlags {
  private final Map<String, String> values = new LinkedHashMap<>();

  @Option(
      names = "--schedule",
      paramLabel = "NAME",
      description =
          "Of the learning rate: constant, cosine, one-cycle, step, exponential or plateau."
              + " Default: one-cycle.")
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
          "What the schedules step, exponential and plateau multiply the rate by."
              + " Default: 0.1 for step and plateau, 0.9 for exponential.")
  private void gamma(String value) {
    values.put("gamma", value);
  }

  @Option(
      names = "--step-size",
      paramLabel = "N",
      description = "Epochs between two changes of the schedule step. Default: 10.")
  private void stepSize(String value) {
    values.put("step-size", value);
  }

  @Option(
      names = "--plateau-patience",
      paramLabel = "N",
      description =
          "Of the schedule plateau: epochs without a lower validation loss after which the rate is"
              + " still left alone. Default: 10.")
  private void plateauPatience(String value) {
    values.put("plateau-patience", value);
  }

  @Option(
      names = "--plateau-threshold",
      paramLabel = "X",
      description =
          "Of the schedule plateau: share by which a loss must be below the lowest one."
              + " Default: 0.0001.")
  private void plateauThreshold(String value) {
    values.put("plateau-threshold", value);
  }

  @Option(
      names = "--plateau-cooldown",
      paramLabel = "N",
      description = "Of the schedule plateau: epochs after a change that do not count. Default: 0.")
  private void plateauCooldown(String value) {
    values.put("plateau-cooldown", value);
  }

  @Option(
      names = "--plateau-min-lr",
      paramLabel = "X",
      description = "Of the schedule plateau: the lowest rate. Default: 0.")
  private void plateauMinLearningRate(String value) {
    values.put("plateau-min-lr", value);
  }

  Map<String, String> values() {
    return values;
  }
}
