package dev.trifocal.config;

import dev.trifocal.backend.Activations;
import dev.trifocal.backend.ComputePrecision;
import dev.trifocal.backend.Device;
import dev.trifocal.backend.RunOptions;

/**
 * The backend, its device, threads and precision, and how it trains.
 *
 * @param backend name of the backend, or {@code auto} for the fastest
 * @param threads threads used within one operation; 0 for one per core
 * @param activations what training keeps for the backward pass
 */
public record EngineSettings(
    String backend,
    Device device,
    int threads,
    ComputePrecision precision,
    Activations activations) {
  /** The name that stands for the fastest backend. */
  public static final String AUTO = "auto";

  /** Returns true if the backend has yet to be chosen. */
  public boolean isAuto() {
    return backend.equals(AUTO);
  }

  /** Returns these settings with another backend. */
  public EngineSettings backend(String other) {
    return new EngineSettings(other, device, threads, precision, activations);
  }

  public RunOptions options() {
    return new RunOptions(device, threads).precision(precision).activations(activations);
  }
}
