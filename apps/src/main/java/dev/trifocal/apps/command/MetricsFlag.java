package dev.trifocal.apps.command;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The flag of what is measured. */
@OptionSection("Metrics")
public final class MetricsFlag {
  private final Map<String, String> values = new LinkedHashMap<>();

  @Option(
      names = "--metrics",
      paramLabel = "NAME[,...]",
      description =
          "What is measured beside the loss: accuracy, top-5 (or any number), precision, recall and"
              + " f1 (means over the classes), auc (area under the ROC curve, each class against the"
              + " rest). Default: accuracy, and from 20 classes on top-5; of a run its own.")
  private void metrics(String value) {
    values.put("metrics", value);
  }

  Map<String, String> values() {
    return values;
  }
}
