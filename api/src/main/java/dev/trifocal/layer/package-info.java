/**
 * The layers: one immutable record per layer, with its hyper-parameters, output shape, parameters
 * and semantics. Layers hold no tensors, names or engine types. Backends translate them through
 * {@link dev.trifocal.layer.LayerVisitor} and decide nothing.
 */
package dev.trifocal.layer;
