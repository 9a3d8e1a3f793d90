/**
 * The ONNX Runtime backend, which uses the standard inference library. For training, {@link
 * dev.trifocal.backend.onnx.TrainingModel} combines forward and backward pass into one model of
 * standard operators and those of ONNX Runtime's layout NCHWc; {@code GradientRules} holds the
 * gradient rules. Its outputs are the gradients, from which {@code HostUpdate} updates weights and
 * slots in memory that the next run reads.
 */
package dev.trifocal.backend.onnx;
