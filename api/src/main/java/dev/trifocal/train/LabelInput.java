package dev.trifocal.train;

import dev.trifocal.shape.Shape;

/**
 * An input of a loss for labels.
 *
 * @param path path of the input node
 * @param label name of the labels in a batch
 * @param output shape of one sample of the labelled output
 */
public record LabelInput(String path, String label, Shape output, LabelEncoding encoding) {}
