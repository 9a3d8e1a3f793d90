package dev.trifocal.trainer;

/**
 * A batch has run through the frozen front of a network, for its values to be kept.
 *
 * @param data name of the data set
 * @param batch from 1
 * @param batches of this data set
 */
public record FeatureExtractionEvent(String data, int batch, int batches) {}
