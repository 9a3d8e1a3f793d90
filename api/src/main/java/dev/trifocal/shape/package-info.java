/**
 * Shapes: of one sample where the batch is implicit ({@code [C, H, W]}), of a whole tensor where it
 * is not.
 */
package dev.trifocal.shape;
