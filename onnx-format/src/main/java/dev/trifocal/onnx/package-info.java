/**
 * ONNX as a file format: neutral graphs to {@code ModelProto}, without a runtime. The forward
 * meaning of every layer in ONNX operators stands here once; what trains or runs it builds on it.
 */
package dev.trifocal.onnx;
