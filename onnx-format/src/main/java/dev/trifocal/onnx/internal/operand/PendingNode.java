package dev.trifocal.onnx.internal.operand;

import dev.trifocal.error.GraphException;
import dev.trifocal.layer.Layer;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A layer at its place in a graph that is being read: it has inputs and values for its parameters,
 * but no final path yet. Two pieces are the same only if they are one object.
 */
public final class PendingNode {
  private final Layer layer;
  private final List<PendingNode> inputs;
  private final Shape shape;
  private final boolean batched;
  private final String name;
  private final Map<String, Tensor> parameters;
  private final Optional<LayerFusion> fusion;

  /**
   * @param name the path that is wanted for it; empty for a name after its kind
   * @param parameters by the layer's own names for them, such as {@code weight}
   * @throws dev.trifocal.error.GraphException if the layer does not suit its inputs
   */
  public PendingNode(
      String name, Layer layer, Map<String, Tensor> parameters, List<PendingNode> inputs) {
    this(name, layer, parameters, inputs, Optional.empty());
  }

  private PendingNode(
      String name,
      Layer layer,
      Map<String, Tensor> parameters,
      List<PendingNode> inputs,
      Optional<LayerFusion> fusion) {
    this.name = name;
    this.fusion = fusion;
    this.layer = layer;
    this.inputs = List.copyOf(inputs);
    this.parameters = Map.copyOf(parameters);
    this.shape = layer.outputShape(this.inputs.stream().map(PendingNode::shape).toList());
    this.batched = layer.batched(this.inputs.stream().map(PendingNode::batched).toList());
    if (shape.rank() > ConstantValue.MOST_AXES || shape.elements() > Integer.MAX_VALUE) {
      throw new GraphException("makes samples of %s, which no engine can hold".formatted(shape));
    }
  }

  /** A piece like this one, which whoever reads it may pass over. */
  public PendingNode with(LayerFusion other) {
    return new PendingNode(name, layer, parameters, inputs, Optional.of(other));
  }

  /** How to pass over this piece. */
  public Optional<LayerFusion> shortcut() {
    return fusion;
  }

  public Layer layer() {
    return layer;
  }

  public List<PendingNode> inputs() {
    return inputs;
  }

  /** The only input. */
  public PendingNode input() {
    return inputs.get(0);
  }

  /** Of one sample. */
  public Shape shape() {
    return shape;
  }

  /** Whether there is a row for each sample, rather than one row for the whole batch. */
  public boolean batched() {
    return batched;
  }

  public String name() {
    return name;
  }

  public Map<String, Tensor> parameters() {
    return parameters;
  }
}
