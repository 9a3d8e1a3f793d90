package dev.trifocal.architecture.planted.trainer;

/** Prints from a library without naming a stream. */
public final class PrintsTrace {
  void report(Exception failure) {
    failure.printStackTrace();
  }
}
