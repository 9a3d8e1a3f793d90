package dev.trifocal.onnx.internal.operand;

/** What kind of numbers a constant has; the many widths of ONNX do not matter here. */
public enum NumberType {
  REAL,
  INTEGER,
  BOOLEAN
}
