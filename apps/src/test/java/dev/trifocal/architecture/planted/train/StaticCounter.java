package dev.trifocal.architecture.planted.train;

/** Is final, yet its object changes. */
public final class StaticCounter {
  static final Counter COUNTER = new Counter();

  /** Changes. */
  static final class Counter {
    int count;
  }
}
