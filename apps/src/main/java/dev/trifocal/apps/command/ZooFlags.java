package dev.trifocal.apps.command;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Options of all commands that take a zoo model: its width and its weights. */
@OptionSection("Weights")
public final class ZooFlags {
  private final Map<String, String> values = new LinkedHashMap<>();

  @Option(
      names = "--width",
      paramLabel = "X",
      description =
          "Width multiplier for the number of channels, for zoo models that support it. Default:"
              + " 1.")
  private void width(String value) {
    values.put("width", value);
  }

  @Option(
      names = "--weights",
      paramLabel = "FILE|published",
      description =
          "A .safetensors file with weights for a zoo model, or 'published' to download its weights"
              + " from the model hub once, for models marked by 'trifocal zoo'. Weight names are"
              + " those of the model; 'trifocal zoo --json' says where they match torchvision or"
              + " timm. Default: initial weights drawn from the seed; for transfer, the published"
              + " weights.")
  private void weights(String value) {
    values.put("weights", value);
  }

  @Option(
      names = "--partial",
      description = "Load only the matching weights of --weights, and report the rest.")
  private void partial(boolean value) {
    values.put("partial", String.valueOf(value));
  }

  @Option(
      names = "--hub",
      paramLabel = "URL",
      description =
          "Model hub for --weights published. Default: the environment variable HF_ENDPOINT, else"
              + " https://huggingface.co.")
  private void hub(String value) {
    values.put("hub", value);
  }

  Map<String, String> values() {
    return values;
  }

  /** Returns the values of these options together with others. */
  Map<String, String> with(Map<String, String> others) {
    Map<String, String> all = new LinkedHashMap<>(values);
    all.putAll(others);
    return all;
  }
}
