package dev.trifocal.trainer;

/**
 * A batch has been evaluated.
 *
 * @param batch from 1
 * @param batches in all
 */
public record ValidationEvent(int batch, int batches) {}
