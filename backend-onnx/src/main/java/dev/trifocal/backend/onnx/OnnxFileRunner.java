package dev.trifocal.backend.onnx;

import dev.trifocal.backend.ComputePrecision;
import dev.trifocal.backend.Device;
import dev.trifocal.backend.ModelFileRunner;
import dev.trifocal.backend.Program;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.error.ConfigurationException;
import java.nio.file.Path;

/** Runs original model files in ONNX Runtime. */
final class OnnxFileRunner implements ModelFileRunner {
  /**
   * Creates the runner.
   *
   * @throws ConfigurationException if there is no native library for this platform
   */
  OnnxFileRunner() {
    NativeLibraryLoading.here().of(OnnxSessions::environment);
  }

  @Override
  public String engine() {
    return "ONNX Runtime";
  }

  @Override
  public Program open(Path file, RunOptions options) {
    if (!options.device().equals(Device.CPU)) {
      throw new ConfigurationException(
          "backend onnx has no device %s; it has [%s]".formatted(options.device(), Device.CPU));
    }
    if (options.precision() != ComputePrecision.FLOAT32) {
      throw new ConfigurationException(
          "backend onnx runs files in float32 only, but precision is %s; choose precision float32"
              .formatted(options.precision()));
    }
    return new OnnxFileProgram(file.toString(), OnnxSessions.open(file, options));
  }
}
