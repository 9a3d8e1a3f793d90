/**
 * Shapes of samples, where the batch axis is implicit ({@code [C, H, W]}), and of whole tensors.
 */
package dev.trifocal.shape;
