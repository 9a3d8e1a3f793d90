/**
 * Image classification with trained networks. Load a run directory, an ONNX file or a graph as an
 * {@link dev.trifocal.vision.ImageClassifier}.
 */
package dev.trifocal.vision;
