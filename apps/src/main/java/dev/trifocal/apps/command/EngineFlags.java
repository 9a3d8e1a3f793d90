package dev.trifocal.apps.command;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/**
 * Flags of every command that computes. Values stay text: the settings check them, so that all
 * problems come in one message.
 */
@OptionSection("Engine and settings")
public final class EngineFlags {
  private final Map<String, String> values = new LinkedHashMap<>();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings in HOCON. Default: trifocal.conf in the working directory, if any.")
  private Optional<Path> config = Optional.empty();

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      description = "The engine, as 'trifocal backends' names it. Default: onnx.")
  private void backend(String value) {
    values.put("backend", value);
  }

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = "cpu, gpu or gpu:1. Default: cpu.")
  private void device(String value) {
    values.put("device", value);
  }

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads within one operation; 0: one per core. Default: 0.")
  private void threads(String value) {
    values.put("threads", value);
  }

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of first weights, shuffling, dropout and generated data. Default: 42.")
  private void seed(String value) {
    values.put("seed", value);
  }

  Optional<Path> config() {
    return config;
  }

  Map<String, String> values() {
    return values;
  }
}
