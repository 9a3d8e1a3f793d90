package dev.trifocal.backend;

import dev.trifocal.graph.Graph;
import dev.trifocal.profile.Profile;
import dev.trifocal.profile.ProfileLength;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.weights.Weights;
import java.util.function.Consumer;

/**
 * Measures where an engine spends the time of training steps and predictions. Results are those of
 * the backend without a profiler; profiled steps take longer.
 */
public interface Profiler {
  /**
   * Profiles training steps.
   *
   * @param step takes one step in the session; called for each step of the warm-up and the
   *     measurement
   * @throws dev.trifocal.error.TrifocalException for the same reasons as {@link Backend#train}; a
   *     {@link dev.trifocal.error.ConfigurationException} also if the device cannot be profiled
   */
  Profile training(
      TrainingPlan plan,
      Checkpoint checkpoint,
      RunOptions options,
      ProfileLength length,
      Consumer<TrainingSession> step);

  /**
   * Profiles predictions.
   *
   * @param run runs the program once; called for each step of the warm-up and the measurement
   * @throws dev.trifocal.error.TrifocalException for the same reasons as {@link Backend#compile}; a
   *     {@link dev.trifocal.error.ConfigurationException} also if the device cannot be profiled
   */
  Profile inference(
      Graph graph,
      Weights weights,
      RunOptions options,
      ProfileLength length,
      Consumer<Program> run);
}
