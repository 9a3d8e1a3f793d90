package dev.trifocal.trainer;

/** The reason why a run ended. */
public enum StopReason {
  /** All epochs are complete. */
  COMPLETED,
  /** The patience was exhausted. */
  EARLY_STOPPED,
  /** A callback stopped the run; it does not resume. */
  STOPPED,
  /** A {@link StopSignal} requested a stop; the run can resume from its last checkpoint. */
  INTERRUPTED
}
