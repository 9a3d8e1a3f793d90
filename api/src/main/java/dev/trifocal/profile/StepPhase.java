package dev.trifocal.profile;

/** The parts of a training step. Predictions consist of {@link #FORWARD} only. */
public enum StepPhase {
  FORWARD,
  BACKWARD,

  /** Clipping, weight decay and the optimizer. */
  UPDATE,

  /** The engine does not tell. */
  UNKNOWN
}
