/**
 * ONNX Runtime as a backend, the stock library of inference. Training compiles the whole step
 * (forward, backward, optimizer) into one model of standard operators: {@link
 * dev.trifocal.backend.onnx.TrainingModel} puts it together, gradient rules stand in {@code
 * GradientRules}. Weights and slots are results of one run and inputs of the next, never copied to
 * the host in between.
 */
package dev.trifocal.backend.onnx;
