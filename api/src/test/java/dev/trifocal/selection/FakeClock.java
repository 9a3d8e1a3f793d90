package dev.trifocal.selection;

import java.util.function.DoubleSupplier;

/** A clock that stands still until a fake backend takes its time. */
final class FakeClock implements DoubleSupplier {
  private double seconds;

  void pass(double more) {
    seconds += more;
  }

  @Override
  public double getAsDouble() {
    return seconds;
  }
}
