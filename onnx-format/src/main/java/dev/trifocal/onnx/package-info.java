/**
 * The ONNX file format: converts graphs to {@code ModelProto} without a runtime. The forward
 * computation of every layer in ONNX operators is defined here once; training and execution build
 * on it.
 */
package dev.trifocal.onnx;
