/**
 * Trained networks put to use on images: files in, named classes with probabilities out. Runs, ONNX
 * files and graphs all become an {@link dev.trifocal.vision.ImageClassifier}.
 */
package dev.trifocal.vision;
