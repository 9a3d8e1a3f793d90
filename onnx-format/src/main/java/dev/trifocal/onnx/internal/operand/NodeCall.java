package dev.trifocal.onnx.internal.operand;

import dev.trifocal.error.GraphException;
import dev.trifocal.layer.Layer;
import dev.trifocal.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A node with its inputs.
 *
 * @param opset opset version of the node's domain
 * @param inputs inputs in order; empty for an omitted optional input
 */
public record NodeCall(OnnxNode node, int opset, List<Optional<Operand>> inputs, FileContext file) {

  /** Returns whether an input is present. */
  public boolean has(int index) {
    return index < inputs.size() && inputs.get(index).isPresent();
  }

  /**
   * Returns an input.
   *
   * @throws GraphException if it is omitted
   */
  public Operand operand(int index) {
    if (!has(index)) {
      throw new GraphException("lacks input " + index);
    }
    return inputs.get(index).get();
  }

  /** Returns whether an input is data rather than a constant. */
  public boolean flows(int index) {
    return has(index) && operand(index) instanceof DataValue;
  }

  /**
   * Returns an input that is data.
   *
   * @throws GraphException if the input is a constant
   */
  public DataValue data(int index) {
    if (operand(index) instanceof DataValue flow) {
      return flow;
    }
    throw new GraphException(
        "input %d is a constant, but must depend on the graph's input".formatted(index));
  }

  /** Returns the piece of an input in the file's axis order. */
  public PendingNode piece(int index) {
    return data(index).settled();
  }

  /**
   * Returns an input that is constant.
   *
   * @throws GraphException if the input depends on data
   */
  public ConstantValue numbers(int index) {
    if (operand(index) instanceof ConstantValue numbers) {
      return numbers;
    }
    throw new GraphException(
        "input %d (%s) depends on the graph's input, but must be constant"
            .formatted(index, node.inputs().get(index)));
  }

  /** Returns a layer that is named after the node. */
  public PendingNode piece(Layer layer, PendingNode... pieces) {
    return new PendingNode(path(), layer, Map.of(), List.of(pieces));
  }

  /** Returns a layer with parameters, named after the name of its first parameter in the file. */
  public PendingNode piece(
      Layer layer, Map<String, Tensor> parameters, String weight, PendingNode... pieces) {
    String path = NodePath.ofWeight(weight).orElse(path());
    return new PendingNode(path, layer, parameters, List.of(pieces));
  }

  /** Returns the path that the node's name suggests; empty if there is none. */
  public String path() {
    return NodePath.of(node);
  }

  /** Returns the node that produces an input. */
  public Optional<NodeCall> maker(int index) {
    return index < node.inputs().size() ? file.maker(node.inputs().get(index)) : Optional.empty();
  }

  /** Returns whether this node is the only user of an input. */
  public boolean soleReader(int index) {
    return file.uses(node.inputs().get(index)) == 1;
  }

  /**
   * Returns an axis counted from the front.
   *
   * @param axis axis among {@code rank}; negative values count from the end
   * @throws GraphException if the axis is out of range
   */
  public static int axis(long axis, int rank) {
    long result = axis < 0 ? axis + rank : axis;
    if (result < 0 || result >= rank || rank > ConstantValue.MOST_AXES) {
      throw new GraphException("axis %d is out of range for %d axes".formatted(axis, rank));
    }
    return (int) result;
  }

  /**
   * Converts an axis of the batch to the axis of a sample, in the file's order.
   *
   * @throws GraphException if it is the batch axis
   */
  public static int sampleAxis(long axis, DataValue flow) {
    int result = axis(axis, flow.rank());
    if (result == 0) {
      throw new GraphException("operates along the batch axis, which no layer supports");
    }
    return result - 1;
  }
}
