package dev.trifocal.trainer;

/**
 * The wall time of a phase of a training run.
 *
 * @param phase name of the phase
 * @param total total seconds
 * @param data seconds of waiting for data
 * @param engine seconds of computation in the engine
 */
public record PhaseTime(String phase, double total, double data, double engine) {
  /** Returns the remaining seconds: compiling, metrics, files. */
  public double other() {
    return total - data - engine;
  }

  /** Returns the share of the engine's time that it waited for data, in [0, 1]. */
  public double waiting() {
    return data + engine == 0 ? 0 : data / (data + engine);
  }
}
