package dev.trifocal.apps.command;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The option for the metrics to compute. */
@OptionSection("Metrics")
public final class MetricsFlag {
  private final Map<String, String> values = new LinkedHashMap<>();

  @Option(
      names = "--metrics",
      paramLabel = "NAME[,...]",
      description =
          "Metrics to compute besides the loss: accuracy, top-5 (or another number), precision,"
              + " recall and f1 (averaged over classes), auc (one-vs-rest area under the ROC"
              + " curve). Default: accuracy, plus top-5 for 20 or more classes; for a run, its"
              + " own.")
  private void metrics(String value) {
    values.put("metrics", value);
  }

  Map<String, String> values() {
    return values;
  }
}
