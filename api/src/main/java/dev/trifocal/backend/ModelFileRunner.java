package dev.trifocal.backend;

import java.nio.file.Path;

/** Runs model files directly on an engine, including files that cannot be imported as graphs. */
public interface ModelFileRunner {
  /** Returns the engine's display name: {@code ONNX Runtime}. */
  String engine();

  /**
   * Opens a model file as a program whose inputs and outputs keep the file's names and axes, batch
   * first. Inputs may have any type that converts to the file's without loss; outputs are float32.
   * If the file fixes the batch size, the model runs as often as the number of samples requires.
   *
   * @throws dev.trifocal.error.BackendException if the engine rejects the file
   * @throws dev.trifocal.error.ConfigurationException if the device is not available
   */
  Program open(Path file, RunOptions options);
}
