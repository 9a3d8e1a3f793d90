package dev.trifocal.trainer;

/**
 * Asks a training to stop in good order: it saves its last checkpoint before the next step and
 * ends. {@code Thread.currentThread()::isInterrupted} makes it follow interrupts.
 */
public interface StopSignal {
  /** A training that runs to its end. */
  StopSignal NEVER = () -> false;

  /** Asked before each step and at each end of an epoch. */
  boolean requested();
}
