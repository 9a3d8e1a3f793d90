package dev.trifocal.apps.report;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The differences between the losses of two runs, step by step.
 *
 * @param run the run directory
 * @param backends the backends that took its steps, in order of first use
 * @param steps the number of compared steps: those that both runs have, up to the requested number
 * @param first the loss of the first step
 * @param last the loss of the last compared step
 * @param largest the largest absolute difference between the losses of a step
 * @param at the step of the largest difference; 0 if there is no difference
 * @param metrics the metrics of the last epoch
 */
public record RunComparison(
    String run,
    List<String> backends,
    int steps,
    double first,
    double last,
    double largest,
    int at,
    Map<String, Double> metrics) {

  /**
   * Compares two runs. * * @param base the losses of the run to compare with, from step 1 * @param
   * losses the losses of this run, from step 1
   */
  public static RunComparison of(
      String run,
      List<String> backends,
      List<Double> base,
      List<Double> losses,
      int atMost,
      Map<String, Double> metrics) {
    int steps = Math.min(atMost, Math.min(base.size(), losses.size()));
    int at =
        IntStream.range(0, steps)
            .reduce((a, b) -> apart(base, losses, b) > apart(base, losses, a) ? b : a)
            .orElseThrow();
    double largest = apart(base, losses, at);
    return new RunComparison(
        run,
        backends,
        steps,
        losses.get(0),
        losses.get(steps - 1),
        largest,
        largest == 0 ? 0 : at + 1,
        metrics);
  }

  private static double apart(List<Double> base, List<Double> losses, int step) {
    return Math.abs(base.get(step) - losses.get(step));
  }
}
