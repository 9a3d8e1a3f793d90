package dev.trifocal.trainer;

import dev.trifocal.graph.Graph;

/**
 * A training begins or goes on.
 *
 * @param epochs in all
 * @param stepsPerEpoch batches of one epoch, a smaller last one included
 * @param startEpoch the epoch that the next step belongs to; 1 for a new training
 * @param startBatch batches of it that were done before
 */
public record TrainingStart(
    int epochs, int stepsPerEpoch, int startEpoch, int startBatch, Graph graph) {}
