package dev.trifocal.apps.command;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/**
 * Options of all commands that run an engine. Values stay text; the settings validate them
 * together, so that all problems are reported in one message.
 */
@OptionSection("Engine and settings")
public final class EngineFlags {
  private final Map<String, String> values = new LinkedHashMap<>();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Settings file in HOCON format. Default: trifocal.conf in the working directory, if"
              + " present.")
  private Optional<Path> config = Optional.empty();

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      description =
          "Engine, as listed by 'trifocal backends'; auto tries all on the model for a few steps and"
              + " takes the fastest. Default: onnx.")
  private void backend(String value) {
    values.put("backend", value);
  }

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = "Device to run on: cpu, gpu or gpu:1. Default: cpu.")
  private void device(String value) {
    values.put("device", value);
  }

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads per operation; 0 uses one per core. Default: 0.")
  private void threads(String value) {
    values.put("threads", value);
  }

  @Option(
      names = "--precision",
      paramLabel = "PRECISION",
      description =
          "Numbers that the engine multiplies: float32, or bf16 for faster predictions by backend"
              + " djl on processors with AVX-512-BF16 or AMX. Default: float32.")
  private void precision(String value) {
    values.put("precision", value);
  }

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "Seed of initial weights, shuffling, augmentation, dropout and generated data. Default:"
              + " 42.")
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
