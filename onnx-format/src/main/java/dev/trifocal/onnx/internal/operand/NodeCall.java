package dev.trifocal.onnx.internal.operand;

import dev.trifocal.error.GraphException;
import dev.trifocal.layer.Layer;
import dev.trifocal.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One node with what it reads.
 *
 * @param opset version of the operators of its domain
 * @param inputs empty where an optional input is left out
 */
public record NodeCall(OnnxNode node, int opset, List<Optional<Operand>> inputs, FileContext file) {

  /** Whether an input is given. */
  public boolean has(int index) {
    return index < inputs.size() && inputs.get(index).isPresent();
  }

  /**
   * @throws GraphException if it is left out
   */
  public Operand operand(int index) {
    if (!has(index)) {
      throw new GraphException("lacks input " + index);
    }
    return inputs.get(index).get();
  }

  /** Whether an input is data and not a constant. */
  public boolean flows(int index) {
    return has(index) && operand(index) instanceof DataValue;
  }

  /**
   * @throws GraphException if the input is a constant
   */
  public DataValue data(int index) {
    if (operand(index) instanceof DataValue flow) {
      return flow;
    }
    throw new GraphException("reads a constant as input %d, where data is needed".formatted(index));
  }

  /** An input's piece with its axes in the file's order. */
  public PendingNode piece(int index) {
    return data(index).settled();
  }

  /**
   * @throws GraphException if the input depends on data
   */
  public ConstantValue numbers(int index) {
    if (operand(index) instanceof ConstantValue numbers) {
      return numbers;
    }
    throw new GraphException(
        "has an input %d (%s) that is made of data, where Trifocal needs a constant"
            .formatted(index, node.inputs().get(index)));
  }

  /** A layer over the first input, named after the node. */
  public PendingNode piece(Layer layer, PendingNode... pieces) {
    return new PendingNode(path(), layer, Map.of(), List.of(pieces));
  }

  /** A layer with parameters, named after its first parameter's name in the file. */
  public PendingNode piece(
      Layer layer, Map<String, Tensor> parameters, String weight, PendingNode... pieces) {
    String path = NodePath.ofWeight(weight).orElse(path());
    return new PendingNode(path, layer, parameters, List.of(pieces));
  }

  /** The path that the node's name suggests; empty if it suggests none. */
  public String path() {
    return NodePath.of(node);
  }

  /** The node that makes an input. */
  public Optional<NodeCall> maker(int index) {
    return index < node.inputs().size() ? file.maker(node.inputs().get(index)) : Optional.empty();
  }

  /** Whether this node alone reads an input. */
  public boolean soleReader(int index) {
    return file.uses(node.inputs().get(index)) == 1;
  }

  /**
   * An axis counted from the front.
   *
   * @param axis of {@code rank} axes; negative ones count from the end
   * @throws GraphException if there is no such axis
   */
  public static int axis(long axis, int rank) {
    long result = axis < 0 ? axis + rank : axis;
    if (result < 0 || result >= rank || rank > ConstantValue.MOST_AXES) {
      throw new GraphException("names axis %d of %d axes".formatted(axis, rank));
    }
    return (int) result;
  }

  /**
   * The axis of a sample that an axis of a batch is, in the file's order.
   *
   * @throws GraphException if it is the batch's own
   */
  public static int sampleAxis(long axis, DataValue flow) {
    int result = axis(axis, flow.rank());
    if (result == 0) {
      throw new GraphException("works along the batch axis, which no layer does");
    }
    return result - 1;
  }
}
