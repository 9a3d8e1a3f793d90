package dev.trifocal.config;

import dev.trifocal.backend.Device;
import dev.trifocal.backend.RunOptions;

/**
 * The backend, its device and its threads.
 *
 * @param backend name of the backend
 * @param threads threads used within one operation; 0 for one per core
 */
public record EngineSettings(String backend, Device device, int threads) {
  public RunOptions options() {
    return new RunOptions(device, threads);
  }
}
