package dev.trifocal.profile;

/** Measures wall time from its creation. No other class reads a clock. */
public final class Stopwatch {
  private final long started = System.nanoTime();

  private Stopwatch() {}

  public static Stopwatch start() {
    return new Stopwatch();
  }

  public double seconds() {
    return (System.nanoTime() - started) / 1e9;
  }
}
