package dev.trifocal.backend.dl4j;

import dev.trifocal.graph.Node;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Accumulates gradients in the backward pass: of values, summed over their uses, and of parameters.
 */
final class GradientAccumulator {
  private final Nd4jOperators operators;
  private final Set<String> reaching;
  private final Map<String, INDArray> values = new HashMap<>();
  private final Map<String, INDArray> parameters = new LinkedHashMap<>();
  private Node node;

  /**
   * Creates an accumulator.
   *
   * @param reaching paths of the nodes that are trained or depend on trained nodes
   */
  GradientAccumulator(Nd4jOperators operators, Set<String> reaching) {
    this.operators = operators;
    this.reaching = reaching;
  }

  /** Returns whether the gradient of an input of the current node is needed. */
  boolean wants(int input) {
    return reaching.contains(node.inputs().get(input));
  }

  boolean wantsInput() {
    return wants(0);
  }

  /** Returns whether a node is trained or depends on a trained node. */
  boolean reaches(Node one) {
    return reaching.contains(one.path());
  }

  /** Returns whether the gradients of the current node's parameters are needed. */
  boolean trained() {
    return !node.frozen();
  }

  /** Adds the gradient of an input of the current node, or releases it if it is not needed. */
  void input(int input, INDArray gradient) {
    if (wants(input)) {
      value(node.inputs().get(input), gradient);
    } else {
      operators.release(gradient);
    }
  }

  void input(INDArray gradient) {
    input(0, gradient);
  }

  /** Sets the gradient of a parameter of the current node, in any shape of the same length. */
  void parameter(String name, INDArray gradient) {
    parameters.put(node.path() + "." + name, gradient);
  }

  void value(String path, INDArray gradient) {
    INDArray before = values.get(path);
    if (before == null) {
      values.put(path, gradient);
      return;
    }
    values.put(path, operators.compute(f -> f.add(before, gradient)));
    operators.release(before, gradient);
  }

  /**
   * Moves to a node and returns the gradient of its value, owned by the caller; null if there is
   * none.
   */
  INDArray turnTo(Node next) {
    node = next;
    return values.remove(next.path());
  }

  /** Returns the gradients of the parameters by full name. */
  Map<String, INDArray> parameters() {
    return parameters;
  }
}
