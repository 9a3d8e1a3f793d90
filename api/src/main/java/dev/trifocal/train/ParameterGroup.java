package dev.trifocal.train;

import dev.trifocal.error.ConfigurationException;

/**
 * A part of the network with its own learning rate, like the parameter groups of {@code
 * torch.optim}. The optimizer uses the multiplied rate throughout, also for decoupled weight decay.
 *
 * @param prefix path of a node, or of a block with all nodes below it
 * @param factor factor of the step's learning rate, at least 0
 */
public record ParameterGroup(String prefix, double factor) {
  public ParameterGroup {
    if (prefix.isEmpty()) {
      throw new ConfigurationException(
          "a rate group needs the path of a node or block; to change all rates, set the learning rate");
    }
    OptimizerChecks.requireZeroOrMore("rate group " + prefix, "the factor", factor);
  }

  /**
   * Returns true if the group contains a parameter.
   *
   * @param parameter full name: the path of its node, a dot, and its own name
   */
  boolean covers(String parameter) {
    return parameter.startsWith(prefix + ".");
  }
}
