/** Imports ONNX models as graphs with weights, as far as layers can express them. */
package dev.trifocal.onnx.importer;
