package dev.trifocal.architecture.planted.trainer;

/** Cannot be repeated. */
public final class ReadsClock {
  long now() {
    return System.nanoTime();
  }
}
