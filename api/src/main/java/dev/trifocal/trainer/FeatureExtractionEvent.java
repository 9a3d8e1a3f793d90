package dev.trifocal.trainer;

/**
 * The completion of a batch of feature extraction by the frozen part of a network.
 *
 * @param data name of the data set
 * @param batch number of the batch, from 1
 * @param batches number of batches of this data set
 */
public record FeatureExtractionEvent(String data, int batch, int batches) {}
