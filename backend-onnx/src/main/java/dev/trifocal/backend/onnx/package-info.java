/**
 * The ONNX Runtime backend, which uses the standard inference library. For training, {@link
 * dev.trifocal.backend.onnx.TrainingModel} combines the whole step (forward pass, backward pass,
 * optimizer) into one model of standard operators; {@code GradientRules} holds the gradient rules.
 * Weights and slots are outputs of one run and inputs of the next, without copies to the host in
 * between.
 */
package dev.trifocal.backend.onnx;
