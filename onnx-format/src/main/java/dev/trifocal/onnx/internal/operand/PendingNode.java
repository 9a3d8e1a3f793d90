package dev.trifocal.onnx.internal.operand;

import dev.trifocal.error.GraphException;
import dev.trifocal.layer.Layer;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A node of a graph that is being imported: it has inputs and parameter values, but no final path
 * yet. Pieces are compared by identity.
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
   * Creates a piece.
   *
   * @param name preferred path; empty to name it after the kind of layer
   * @param parameters parameter values by their names in the layer, such as {@code weight}
   * @throws dev.trifocal.error.GraphException if the layer is incompatible with its inputs
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
      throw new GraphException("produces samples of %s, which no engine can hold".formatted(shape));
    }
  }

  /** Returns a copy of this piece that its users may bypass. */
  public PendingNode with(LayerFusion other) {
    return new PendingNode(name, layer, parameters, inputs, Optional.of(other));
  }

  /** Returns how users can bypass this piece. */
  public Optional<LayerFusion> shortcut() {
    return fusion;
  }

  public Layer layer() {
    return layer;
  }

  public List<PendingNode> inputs() {
    return inputs;
  }

  /** Returns the only input. */
  public PendingNode input() {
    return inputs.get(0);
  }

  /** Returns the shape of one sample. */
  public Shape shape() {
    return shape;
  }

  /** Returns whether there is one row per sample rather than one row for the whole batch. */
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
