/**
 * Maps ONNX operators to layers: one file per family of operators, with the versions of each and
 * the differences between them.
 */
package dev.trifocal.onnx.internal.operator;
