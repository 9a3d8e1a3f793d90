package dev.trifocal.apps.onnx.node;

import java.util.Comparator;

/**
 * What came of one test.
 *
 * @param reason why it did not pass; empty if it did
 */
record Verdict(Outcome outcome, String reason) {
  /** From best to worst, but that {@link #WRONG} counts more than all. */
  enum Outcome {
    /** It became a graph, and the graph gives what is expected. */
    PASSED,
    /** Trifocal has no layer for it, and says so. */
    REFUSED,
    /** It is about something that no graph has: whole numbers, text, a batch that is mixed. */
    DOES_NOT_APPLY,
    /** It became a graph that gives something else. */
    WRONG
  }

  static final Verdict PASSED = new Verdict(Outcome.PASSED, "");

  /** Of several ways to bind the inputs: any wrong one, else the best one. */
  static final Comparator<Verdict> RANKING =
      Comparator.comparing(v -> v.outcome() == Outcome.WRONG ? -1 : v.outcome().ordinal());
}
