package dev.trifocal.layer;

/** How a last window that exceeds the padded input is treated. */
public enum Rounding {
  /** It is dropped. */
  FLOOR,
  /**
   * It is kept unless it starts in the right or bottom padding: PyTorch's ceil_mode. A kernel may
   * then exceed the padded input by less than a stride.
   */
  CEIL
}
