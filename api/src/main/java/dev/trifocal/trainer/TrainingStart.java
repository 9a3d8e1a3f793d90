package dev.trifocal.trainer;

import dev.trifocal.graph.Graph;

/**
 * The start or resumption of a run.
 *
 * @param epochs total number of epochs
 * @param stepsPerEpoch number of batches per epoch, including a smaller last one
 * @param startEpoch epoch of the next step; 1 for a new run
 * @param startBatch number of batches of this epoch that are already complete
 */
public record TrainingStart(
    int epochs, int stepsPerEpoch, int startEpoch, int startBatch, Graph graph) {}
