/** Works out the nodes of an ONNX file that depend on nothing but constants and sizes. */
package dev.trifocal.onnx.internal.folding;
