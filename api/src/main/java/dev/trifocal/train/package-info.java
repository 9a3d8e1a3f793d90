/**
 * What training means, engine-free: losses on logits, optimizers as formulas, schedules, the plan
 * and the checkpoint.
 */
package dev.trifocal.train;
