package dev.trifocal.backend;

import dev.trifocal.error.ConfigurationException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How an engine computes.
 *
 * @param threads threads within one operation; 0 for one per core
 * @param inspection a file to which a training session writes what it compiled its step to, for a
 *     person to look at; a backend that compiles nothing refuses to train with it
 */
public record RunOptions(Device device, int threads, Optional<Path> inspection) {
  public static final RunOptions DEFAULT = new RunOptions(Device.CPU, 0);

  public RunOptions {
    if (threads < 0) {
      throw new ConfigurationException("threads must be 0 or more, but is " + threads);
    }
  }

  public RunOptions(Device device, int threads) {
    this(device, threads, Optional.empty());
  }

  /** The number of threads within one operation, 0 being settled. */
  public int threadCount() {
    return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
  }

  public RunOptions inspection(Path file) {
    return new RunOptions(device, threads, Optional.of(file));
  }

  /**
   * These options, for a backend that has the device.
   *
   * @throws ConfigurationException if the device is not there now
   */
  public RunOptions requireDeviceOf(Backend backend) {
    if (!backend.devices().contains(device)) {
      throw new ConfigurationException(
          "backend %s has no device %s; it has %s"
              .formatted(backend.name(), device, backend.devices()));
    }
    return this;
  }
}
