package dev.trifocal.trainer;

/**
 * The completion of a batch of an evaluation.
 *
 * @param batch number of the batch, from 1
 * @param batches total number of batches
 */
public record ValidationEvent(int batch, int batches) {}
