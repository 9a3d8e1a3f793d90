package dev.trifocal.trainer;

/** Wall time since its start. The only place that reads a clock. */
final class Stopwatch {
  private final long started = System.nanoTime();

  private Stopwatch() {}

  static Stopwatch start() {
    return new Stopwatch();
  }

  double seconds() {
    return (System.nanoTime() - started) / 1e9;
  }
}
