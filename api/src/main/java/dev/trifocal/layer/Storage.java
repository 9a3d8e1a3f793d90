package dev.trifocal.layer;

/** Where a layer's output lies in memory; estimates of memory follow from it. */
public enum Storage {
  /** It comes from outside: inputs. */
  GIVEN,
  /** In memory of its own. */
  OWN,
  /** In its input's memory, always: the same elements under another shape. */
  VIEW,
  /** In its input's memory in evaluation, where the layer does nothing; in its own in training. */
  VIEW_IN_EVALUATION,
  /**
   * Over its input in evaluation, if nothing else reads that; in its own memory in training, where
   * the backward pass may need both.
   */
  OVER_INPUT
}
