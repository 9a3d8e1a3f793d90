package dev.trifocal.zoo;

import dev.trifocal.graph.Value;

/**
 * An additional classifier used only in training, to improve the gradients of early layers.
 *
 * @param output the logits of the head
 * @param weight the weight of its loss relative to the main loss
 */
public record AuxiliaryHead(Value output, double weight) {}
