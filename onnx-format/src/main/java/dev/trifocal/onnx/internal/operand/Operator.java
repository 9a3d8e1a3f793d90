package dev.trifocal.onnx.internal.operand;

import java.util.List;

/**
 * A supported operator.
 *
 * @param name ONNX operator type
 * @param versions opset versions at which the meaning changes, in ascending order
 * @param becomes the resulting layers, for the documentation
 * @param changes differences between the versions and unsupported uses, for the documentation
 */
public record Operator(
    String name, List<Integer> versions, String becomes, String changes, Reading reading) {
  /** Converts the inputs of a node to its outputs. */
  @FunctionalInterface
  public interface Reading {
    /**
     * Converts a node.
     *
     * @return one operand per output of the node, or for the first ones only
     * @throws dev.trifocal.error.TrifocalException if no layer expresses the node; the message
     *     gives the reason and is appended to the node's name
     */
    List<Operand> read(NodeCall call);
  }

  /** Converts the inputs of a node to its only output. */
  @FunctionalInterface
  public interface Single {
    Operand read(NodeCall call);
  }

  public static Operator of(
      String name, List<Integer> versions, String becomes, String changes, Single reading) {
    return new Operator(name, versions, becomes, changes, call -> List.of(reading.read(call)));
  }
}
