package dev.trifocal.backend;

import dev.trifocal.error.ConfigurationException;

/**
 * How an engine computes.
 *
 * @param threads threads within one operation; 0 for one per core
 */
public record RunOptions(Device device, int threads) {
  public static final RunOptions DEFAULT = new RunOptions(Device.CPU, 0);

  public RunOptions {
    if (threads < 0) {
      throw new ConfigurationException("threads must be 0 or more, but is " + threads);
    }
  }
}
