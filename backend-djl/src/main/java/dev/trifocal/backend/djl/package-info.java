/**
 * DJL's PyTorch engine as a backend. Layers become PyTorch's own operators, its autograd makes the
 * gradients, and optimizers are the formulas of {@code api} over its arrays. Nothing is compiled: a
 * step runs the graph node by node.
 */
package dev.trifocal.backend.djl;
