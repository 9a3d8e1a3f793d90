package dev.trifocal.architecture.planted.trainer;

/** Gives another number each time. */
public final class RollsDice {
  double number() {
    return Math.random();
  }
}
