package dev.trifocal.onnx.internal.operand;

/** What a named value of an ONNX file is. */
public sealed interface Operand permits DataValue, ConstantValue, UnsupportedValue {}
