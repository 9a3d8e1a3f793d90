package dev.trifocal.train;

/**
 * A loss on one output of the graph.
 *
 * @param weight what the loss counts in the sum of all objectives
 * @param role whether the output is of use after training
 */
public record Objective(String output, Loss loss, double weight, Role role) {
  /** What an output is for. */
  public enum Role {
    /** It is what the network was made for. */
    MAIN,
    /** It helps training; evaluation and inference leave it out. */
    AUXILIARY
  }

  /** A loss on an output that the network was made for. */
  public Objective(String output, Loss loss, double weight) {
    this(output, loss, weight, Role.MAIN);
  }

  /** The same loss on an output that helps training only. */
  public Objective auxiliary() {
    return new Objective(output, loss, weight, Role.AUXILIARY);
  }
}
