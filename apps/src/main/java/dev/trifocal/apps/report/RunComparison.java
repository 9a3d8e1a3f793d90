package dev.trifocal.apps.report;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How far one run's losses are from another's, step by step.
 *
 * @param run the folder
 * @param backends that took its steps, in order of appearance
 * @param steps that both runs have, at most as many as were asked for
 * @param first loss of the first step
 * @param last loss of the last of these steps
 * @param largest difference of the losses of a step, absolute
 * @param at the step of the largest difference; 0 if there is none
 * @param metrics of the last epoch
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
   * @param base losses of the run to compare with, from step 1
   * @param losses of this run, from step 1
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
