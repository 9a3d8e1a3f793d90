package dev.trifocal.benchmarks;

/** One training step: forward, backward, update, and the loss read back. */
interface Step extends AutoCloseable {
  /** Returns the loss. */
  double run();

  @Override
  void close();
}
