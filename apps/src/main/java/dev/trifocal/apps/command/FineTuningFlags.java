package dev.trifocal.apps.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Options for fine-tuning a trained network. */
public final class FineTuningFlags {
  private final Map<String, String> values = new LinkedHashMap<>();

  @Option(
      names = "--freeze",
      paramLabel = "PATH",
      description =
          "Freeze a layer, or all layers of a block; repeatable. 'all' freezes everything except a"
              + " new head. Default: nothing is frozen.")
  private void freeze(List<String> paths) {
    values.put("freeze", String.join(",", paths));
  }

  @Option(
      names = "--head",
      paramLabel = "PATH",
      description =
          "Replace everything after this layer with a new head that has one unit per class of the"
              + " data. 'auto' replaces the last layer with weights and everything after it."
              + " Default: auto if an .onnx file's number of outputs differs from the number of"
              + " classes, else no new head.")
  private void head(String path) {
    values.put("head", path);
  }

  Map<String, String> values() {
    return values;
  }
}
