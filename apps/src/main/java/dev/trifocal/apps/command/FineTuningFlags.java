package dev.trifocal.apps.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Flags that make a trained network learn something else. */
@OptionSection("Fine-tuning")
public final class FineTuningFlags {
  private final Map<String, String> values = new LinkedHashMap<>();

  @Option(
      names = "--freeze",
      paramLabel = "PATH",
      description =
          "Leave a layer, or a block with all in it, as it is; may be repeated. all: everything but"
              + " a new head. Default: nothing.")
  private void freeze(List<String> paths) {
    values.put("freeze", String.join(",", paths));
  }

  @Option(
      names = "--head",
      paramLabel = "PATH",
      description =
          "Replace what follows this layer by a new head with as many units as the data has"
              + " classes. auto: the last layer with weights, and what follows it. Default: an .onnx"
              + " file with another number of outputs gets a new head.")
  private void head(String path) {
    values.put("head", path);
  }

  Map<String, String> values() {
    return values;
  }
}
