/**
 * The vocabulary: one immutable record per layer, with its hyper-parameters, its shape rule, its
 * parameters and its meaning. A layer holds no tensor, no name and no engine type. Backends
 * translate layers through {@link dev.trifocal.layer.LayerVisitor}; they never decide.
 */
package dev.trifocal.layer;
