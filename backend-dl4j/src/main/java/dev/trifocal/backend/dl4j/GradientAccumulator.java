package dev.trifocal.backend.dl4j;

import dev.trifocal.graph.Node;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Collects gradients on the way back: of values, summed over their readers, and of parameters. */
final class GradientAccumulator {
  private final Nd4jOperators operators;
  private final Set<String> reaching;
  private final Map<String, INDArray> values = new HashMap<>();
  private final Map<String, INDArray> parameters = new LinkedHashMap<>();
  private Node node;

  /**
   * @param reaching paths of the nodes from which something trained can be reached backward
   */
  GradientAccumulator(Nd4jOperators operators, Set<String> reaching) {
    this.operators = operators;
    this.reaching = reaching;
  }

  /** Whether anything needs the gradient of the current node's input. */
  boolean wants(int input) {
    return reaching.contains(node.inputs().get(input));
  }

  boolean wantsInput() {
    return wants(0);
  }

  /** Whether anything trained lies at the node or before it. */
  boolean reaches(Node one) {
    return reaching.contains(one.path());
  }

  /** Whether the current node's parameters need their gradients. */
  boolean trained() {
    return !node.frozen();
  }

  /** Takes the gradient for one of the current node's inputs; lets go of it if nobody needs it. */
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

  /** Takes the gradient for one of the current node's parameters, in any shape of its length. */
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

  /** Turns to a node, and hands over the gradient of its value; null if it has none. */
  INDArray turnTo(Node next) {
    node = next;
    return values.remove(next.path());
  }

  /** By full name. */
  Map<String, INDArray> parameters() {
    return parameters;
  }
}
