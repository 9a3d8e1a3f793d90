package dev.trifocal.trainer;

/** Why a training ended. */
public enum StopReason {
  /** All epochs are done. */
  COMPLETED,
  /** Patience ran out. */
  EARLY_STOPPED,
  /** A callback stopped it for good. */
  STOPPED,
  /** {@link StopSignal} asked for it; the last checkpoint goes on from there. */
  INTERRUPTED
}
