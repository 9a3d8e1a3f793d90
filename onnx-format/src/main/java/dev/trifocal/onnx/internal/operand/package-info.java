/**
 * The values of an ONNX file during import: data, known constants, or values that no layer can
 * express.
 */
package dev.trifocal.onnx.internal.operand;
