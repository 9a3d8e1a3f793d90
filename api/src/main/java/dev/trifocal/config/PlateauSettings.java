package dev.trifocal.config;

/**
 * What the schedule plateau needs beside {@code gamma}, by which it multiplies the rate.
 *
 * @param patience epochs without a better one that change nothing, 0 or more
 * @param threshold share by which a loss must be lower than the best to be better, 0 or more
 * @param cooldown epochs after a change that do not count, 0 or more
 * @param minLearningRate that is not gone below, 0 or more
 */
public record PlateauSettings(
    int patience, double threshold, int cooldown, double minLearningRate) {
  /** PyTorch's. */
  public static final PlateauSettings USUAL = new PlateauSettings(10, 1e-4, 0, 0);
}
