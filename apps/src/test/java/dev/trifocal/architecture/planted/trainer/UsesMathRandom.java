package dev.trifocal.architecture.planted.trainer;

/** Gives another number each time. */
public final class UsesMathRandom {
  double number() {
    return Math.random();
  }
}
