package dev.trifocal.trainer;

/**
 * @param last the newest state
 * @param best the state after the best epoch; {@code last} while no epoch has ended
 */
public record TrainingResult(TrainingState last, TrainingState best, Ending ending) {}
