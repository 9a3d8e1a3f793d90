/**
 * What each ONNX operator is in layers: a file for each family of operators, with the versions of
 * each and what changed between them.
 */
package dev.trifocal.onnx.internal.operator;
