package dev.trifocal.config;

/**
 * Settings of the plateau schedule, which lowers the learning rate when the loss stops improving.
 * The factor is {@link ScheduleSettings#plateauFactor}.
 *
 * @param patience epochs without improvement to tolerate before lowering the rate, 0 or more
 * @param threshold relative decrease below the best loss that counts as an improvement, 0 or more
 * @param cooldown epochs to wait after a reduction before counting again, 0 or more
 * @param minLearningRate lower bound on the learning rate, 0 or more
 */
public record PlateauSettings(
    int patience, double threshold, int cooldown, double minLearningRate) {
  /** The defaults of PyTorch's {@code ReduceLROnPlateau}. */
  public static final PlateauSettings USUAL = new PlateauSettings(10, 1e-4, 0, 0);
}
