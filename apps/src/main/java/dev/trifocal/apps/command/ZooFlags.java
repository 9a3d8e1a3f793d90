package dev.trifocal.apps.command;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Flags of commands that take a model of the zoo: how it is drawn and what it begins with. */
@OptionSection("Weights")
public final class ZooFlags {
  private final Map<String, String> values = new LinkedHashMap<>();

  @Option(
      names = "--width",
      paramLabel = "X",
      description =
          "What the number of channels is multiplied with, for models of the zoo that allow it."
              + " Default: 1.")
  private void width(String value) {
    values.put("width", value);
  }

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description =
          "A .safetensors file with weights for a model of the zoo, under its own names, which are"
              + " those of torchvision or timm where 'trifocal zoo --json' says so. published: those"
              + " on the model hub, for models that 'trifocal zoo' marks; downloaded once.")
  private void weights(String value) {
    values.put("weights", value);
  }

  @Option(
      names = "--partial",
      description = "Take from --weights what fits, and say what was left out.")
  private void partial(boolean value) {
    values.put("partial", String.valueOf(value));
  }

  @Option(
      names = "--hub",
      paramLabel = "URL",
      description =
          "The model hub that --weights published asks. Default: that of the environment variable"
              + " HF_ENDPOINT, else https://huggingface.co.")
  private void hub(String value) {
    values.put("hub", value);
  }

  Map<String, String> values() {
    return values;
  }

  /** These flags and others. */
  Map<String, String> with(Map<String, String> others) {
    Map<String, String> all = new LinkedHashMap<>(values);
    all.putAll(others);
    return all;
  }
}
