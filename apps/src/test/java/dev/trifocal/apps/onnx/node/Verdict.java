package dev.trifocal.apps.onnx.node;

import java.util.Comparator;

/**
 * What came of one test.
 *
 * @param reason why it did not pass; empty if it did
 */
record Verdict(Outcome outcome, String reason) {
  enum Outcome {
    /** It became a graph that gives something else. */
    WRONG,
    /** It became a graph, and the graph gives what is expected. */
    PASSED,
    /** Trifocal has no layer for it, and says so. */
    REFUSED,
    /** It is about something that no graph has: whole numbers, text, a batch that is mixed. */
    DOES_NOT_APPLY
  }

  static final Verdict PASSED = new Verdict(Outcome.PASSED, "");

  /** Of several ways to bind the inputs: any wrong one, else one that passed, else the first. */
  static final Comparator<Verdict> RANKING =
      Comparator.comparing(
          v -> v.outcome() == Outcome.DOES_NOT_APPLY ? Outcome.REFUSED : v.outcome());
}
