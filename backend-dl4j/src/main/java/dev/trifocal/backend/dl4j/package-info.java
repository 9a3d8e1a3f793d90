/**
 * The ND4J backend (DeepLearning4J), on the CPU. Operators run one by one; in training, each layer
 * records its backward pass on a {@code Tape}. The forward and backward computation of a layer are
 * defined side by side: {@code LayerExecutor} dispatches to families of layers ({@code
 * Convolutions}, {@code Pools}, {@code Activations}, ...). Arrays are allocated from the {@code
 * BufferPool} of the session and returned to it.
 */
package dev.trifocal.backend.dl4j;
