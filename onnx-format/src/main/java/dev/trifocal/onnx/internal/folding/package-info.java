/**
 * Constant folding: evaluates the nodes of an ONNX file that depend on constants and shapes only.
 */
package dev.trifocal.onnx.internal.folding;
