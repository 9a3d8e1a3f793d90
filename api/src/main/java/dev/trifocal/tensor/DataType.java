package dev.trifocal.tensor;

/** The element types of {@link Tensor}, with their sizes in bytes. */
public enum DataType {
  FLOAT32(4),
  FLOAT64(8),
  INT32(4),
  INT64(8),
  UINT8(1);

  private final int bytes;

  DataType(int bytes) {
    this.bytes = bytes;
  }

  /** Returns the number of bytes per element. */
  public int bytes() {
    return bytes;
  }
}
