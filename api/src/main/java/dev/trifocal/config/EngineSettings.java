package dev.trifocal.config;

import dev.trifocal.backend.Device;
import dev.trifocal.backend.RunOptions;

/**
 * Which engine computes, and how.
 *
 * @param backend its name
 * @param threads within one operation; 0 for one per core
 */
public record EngineSettings(String backend, Device device, int threads) {
  public RunOptions options() {
    return new RunOptions(device, threads);
  }
}
