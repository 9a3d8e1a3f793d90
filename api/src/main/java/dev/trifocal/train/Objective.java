package dev.trifocal.train;

/**
 * A loss on one output of the graph.
 *
 * @param weight what the loss counts in the sum of all objectives
 */
public record Objective(String output, Loss loss, double weight) {}
