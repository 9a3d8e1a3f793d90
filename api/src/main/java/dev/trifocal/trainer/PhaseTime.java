package dev.trifocal.trainer;

/**
 * Where the wall time of a part of a training went.
 *
 * @param phase its name
 * @param total seconds
 * @param data seconds of these that were waited for data
 * @param engine seconds of these that the engine took
 */
public record PhaseTime(String phase, double total, double data, double engine) {
  /** Seconds that went elsewhere: preparing the engine, metrics, files. */
  public double other() {
    return total - data - engine;
  }

  /** Of the time in which there was something to compute, the share that the engine waited. */
  public double waiting() {
    return data + engine == 0 ? 0 : data / (data + engine);
  }
}
