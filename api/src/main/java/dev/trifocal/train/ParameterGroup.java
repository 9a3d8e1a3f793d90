package dev.trifocal.train;

import dev.trifocal.error.ConfigurationException;

/**
 * A part of the network that learns at a rate of its own, as the parameter groups of {@code
 * torch.optim}: whatever the optimizer makes of the rate, decoupled weight decay too, it makes of
 * this multiple of it.
 *
 * @param prefix path of a node, or of a block with all nodes below it
 * @param factor on the rate of the step; 0 or more
 */
public record ParameterGroup(String prefix, double factor) {
  public ParameterGroup {
    if (prefix.isEmpty()) {
      throw new ConfigurationException(
          "a rate group needs the path of a part; for all parts, change the learning rate");
    }
    OptimizerChecks.requireZeroOrMore("rate group " + prefix, "the factor", factor);
  }

  /**
   * @param parameter full name: the path of its node, a dot, and its own name
   */
  boolean covers(String parameter) {
    return parameter.startsWith(prefix + ".");
  }
}
