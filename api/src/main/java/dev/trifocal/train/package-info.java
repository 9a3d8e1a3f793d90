/**
 * Engine-independent training: losses on logits, optimizers as formulas, schedules, training plans
 * and checkpoints.
 */
package dev.trifocal.train;
