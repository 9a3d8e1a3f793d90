package dev.trifocal.train;

/**
 * A loss on an output of the graph.
 *
 * @param weight factor of the loss in the sum of all objectives
 * @param role whether the output is used after training
 */
public record Objective(String output, Loss loss, double weight, Role role) {
  /** The purpose of an output. */
  public enum Role {
    /** The purpose of the network. */
    MAIN,
    /** Used in training only; evaluation and inference omit it. */
    AUXILIARY
  }

  /** Creates a loss on a main output. */
  public Objective(String output, Loss loss, double weight) {
    this(output, loss, weight, Role.MAIN);
  }

  /** Returns this loss on an auxiliary output. */
  public Objective auxiliary() {
    return new Objective(output, loss, weight, Role.AUXILIARY);
  }
}
