/**
 * Low-level access to ONNX files: parsing with bounds checks, contents of tensors, and the order of
 * nodes.
 */
package dev.trifocal.onnx.internal.file;
