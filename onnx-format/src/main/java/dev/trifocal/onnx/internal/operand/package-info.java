/**
 * What the values of an ONNX file are while it is read: data that flows, numbers that are known, or
 * something that no layer expresses.
 */
package dev.trifocal.onnx.internal.operand;
