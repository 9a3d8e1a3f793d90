package dev.trifocal.zoo;

import dev.trifocal.graph.Value;

/**
 * A further classifier that exists while training only, so that layers far from the end learn.
 *
 * @param weight what its loss counts beside the main one
 */
public record AuxiliaryHead(Value output, double weight) {}
