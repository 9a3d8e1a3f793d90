package dev.trifocal.trainer;

import dev.trifocal.weights.Weights;

/**
 * The gradients of a training step, copied to the memory of the JVM.
 *
 * @param epoch number of the epoch, from 1
 * @param step number of the step in the whole run, from 1
 * @param weights weights before the update, not averages of them; statistics of batch norm include
 *     this step
 * @param gradients gradients by parameter of the mean loss of all samples of the step, accumulated
 *     batches included, before clipping and weight decay; without frozen parameters and those that
 *     the loss does not depend on
 */
public record GradientEvent(int epoch, long step, Weights weights, Weights gradients) {}
