package dev.trifocal.trainer;

/**
 * Requests an orderly stop: the run saves its last checkpoint before the next step and ends. Use
 * {@code Thread.currentThread()::isInterrupted} to stop on interrupts.
 */
public interface StopSignal {
  /** Never requests a stop. */
  StopSignal NEVER = () -> false;

  /** Returns true to stop; called before each step and at the end of each epoch. */
  boolean requested();
}
