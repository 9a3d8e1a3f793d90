package dev.trifocal.onnx.internal.operand;

/** The kind of numbers in a constant; the bit widths of ONNX types are irrelevant here. */
public enum NumberType {
  REAL,
  INTEGER,
  BOOLEAN
}
