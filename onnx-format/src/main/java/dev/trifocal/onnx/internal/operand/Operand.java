package dev.trifocal.onnx.internal.operand;

/** The meaning of a named value in an ONNX file. */
public sealed interface Operand permits DataValue, ConstantValue, UnsupportedValue {}
