package dev.trifocal.backend;

/** What a training step does with the values of layers that its backward pass needs again. */
public enum Activations {
  /** They stay in memory from the forward pass to the backward pass. */
  KEEP,
  /**
   * Those at the borders of blocks of layers stay in memory, and the backward pass runs the layers
   * of a block again. Takes less memory and more time; the numbers are the same.
   */
  RECOMPUTE
}
