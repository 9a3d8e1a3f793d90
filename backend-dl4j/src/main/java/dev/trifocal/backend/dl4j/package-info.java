/**
 * DeepLearning4J's ND4J as a backend, on the CPU. Operators run one after another; while training,
 * each leaves behind how to go backward through it ({@code Tape}). A layer's forward and backward
 * stand side by side: {@code LayerExecutor} sends each to its family ({@code Convolutions}, {@code
 * Pools}, {@code Activations}, ...). Arrays come from the session's own {@code BufferPool} and go
 * back to it.
 */
package dev.trifocal.backend.dl4j;
