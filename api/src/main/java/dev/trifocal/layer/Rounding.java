package dev.trifocal.layer;

/** What happens to a last window that would reach beyond the padded input. */
public enum Rounding {
  /** It is left out. */
  FLOOR,
  /**
   * It is kept, unless it would start in the right or bottom padding: PyTorch's ceil_mode. So a
   * kernel may be larger than the padded input, by less than a stride.
   */
  CEIL
}
