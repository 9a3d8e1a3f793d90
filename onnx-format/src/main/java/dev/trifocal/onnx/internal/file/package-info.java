/**
 * ONNX files as bytes: parsing with every bound checked, the contents of tensors, the order of
 * nodes.
 */
package dev.trifocal.onnx.internal.file;
