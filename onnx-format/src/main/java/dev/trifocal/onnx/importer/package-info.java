/** ONNX models become graphs with weights, as far as layers express them. */
package dev.trifocal.onnx.importer;
