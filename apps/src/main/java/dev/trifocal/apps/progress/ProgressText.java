package dev.trifocal.apps.progress;

import dev.trifocal.apps.report.NumberText;
import dev.trifocal.trainer.EpochRecord;
import java.util.Map;
import java.util.stream.Collectors;

/** The texts that both views share. */
final class ProgressText {
  private ProgressText() {}

  /** Formats metrics as {@code loss 0.1234 accuracy 0.9567}. */
  static String metrics(Map<String, Double> metrics) {
    return metrics.entrySet().stream()
        .map(entry -> entry.getKey() + " " + NumberText.brief(entry.getValue()))
        .collect(Collectors.joining("  "));
  }

  static String epoch(EpochRecord epoch, int epochs) {
    return "epoch %d/%d  %s  lr %s  %s"
        .formatted(
            epoch.epoch(),
            epochs,
            metrics(epoch.metrics()),
            NumberText.rate(epoch.lr()),
            NumberText.seconds(epoch.seconds()));
  }
}
