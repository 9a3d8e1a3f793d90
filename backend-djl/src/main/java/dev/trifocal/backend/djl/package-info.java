/**
 * The PyTorch backend, through DJL. Layers run as PyTorch operators, autograd computes the
 * gradients, and optimizers apply the formulas of module {@code api} to PyTorch arrays. Nothing is
 * compiled: a step runs the graph node by node.
 */
package dev.trifocal.backend.djl;
