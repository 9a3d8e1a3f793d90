package dev.trifocal.onnx.internal.operand;

import java.util.List;

/**
 * An operator that can be read.
 *
 * @param name in ONNX
 * @param versions opsets in which its meaning changed and is known here, the first one first
 * @param becomes what layers it becomes, for people
 * @param changes what differs between the versions, and which uses of it are refused, for people
 */
public record Operator(
    String name, List<Integer> versions, String becomes, String changes, Reading reading) {
  /** How the outputs of a node are had from its inputs. */
  @FunctionalInterface
  public interface Reading {
    /**
     * @return an operand for each output that the node names, or for the first ones
     * @throws dev.trifocal.error.TrifocalException if no layer does what the node does; the message
     *     says why and follows the node's name
     */
    List<Operand> read(NodeCall call);
  }

  /** How the output of a node is had from its inputs. */
  @FunctionalInterface
  public interface Single {
    Operand read(NodeCall call);
  }

  public static Operator of(
      String name, List<Integer> versions, String becomes, String changes, Single reading) {
    return new Operator(name, versions, becomes, changes, call -> List.of(reading.read(call)));
  }
}
