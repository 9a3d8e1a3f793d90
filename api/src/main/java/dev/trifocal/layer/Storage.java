package dev.trifocal.layer;

/** Where a layer's output is stored, for memory estimates. */
public enum Storage {
  /** In memory of the caller: inputs. */
  GIVEN,
  /** In separate memory. */
  OWN,
  /** In the memory of the input: the same elements in another shape. */
  VIEW,
  /** In evaluation, in the memory of the input, which is unchanged; in training, separate. */
  VIEW_IN_EVALUATION,
  /**
   * In evaluation, in place of the input if no other layer reads it; in training, separate, since
   * the backward pass may need both.
   */
  OVER_INPUT
}
