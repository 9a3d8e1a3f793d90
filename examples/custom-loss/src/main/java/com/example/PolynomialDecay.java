package com.example;

import dev.trifocal.train.Schedule;

/**
 * Lowers the learning rate to 0 along {@code (1 - step / total)^power}.
 *
 * @param power 1 for a straight line
 */
record PolynomialDecay(double power) implements Schedule {
  @Override
  public double factor(long step, long total) {
    return Math.pow(1 - (double) Math.min(step, total) / total, power);
  }
}
