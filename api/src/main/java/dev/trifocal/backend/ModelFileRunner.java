package dev.trifocal.backend;

import java.nio.file.Path;

/**
 * An engine that runs model files as they are, those among them that no graph can be made of. Bound
 * under the name of its backend.
 */
public interface ModelFileRunner {
  /** The engine, for people: {@code ONNX Runtime}. */
  String engine();

  /**
   * A program whose inputs and outputs have the file's own names and axes, the batch first. Inputs
   * may be of any type of which the file's own can be made without loss; outputs are float32. A
   * batch that the file fixes is run as often as the samples need.
   *
   * @throws dev.trifocal.error.BackendException if the engine refuses the file
   * @throws dev.trifocal.error.ConfigurationException if the device is not there
   */
  Program open(Path file, RunOptions options);
}
