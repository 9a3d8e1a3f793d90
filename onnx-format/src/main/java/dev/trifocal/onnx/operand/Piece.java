package dev.trifocal.onnx.operand;

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
public final class Piece {
  private final Layer layer;
  private final List<Piece> inputs;
  private final Shape shape;
  private final boolean batched;
  private final String name;
  private final Map<String, Tensor> parameters;
  private final Optional<Shortcut> shortcut;

  /**
   * @param name the path that is wanted for it; empty for a name after its kind
   * @param parameters by the layer's own names for them, such as {@code weight}
   * @throws dev.trifocal.error.GraphException if the layer does not suit its inputs
   */
  public Piece(String name, Layer layer, Map<String, Tensor> parameters, List<Piece> inputs) {
    this(name, layer, parameters, inputs, Optional.empty());
  }

  private Piece(
      String name,
      Layer layer,
      Map<String, Tensor> parameters,
      List<Piece> inputs,
      Optional<Shortcut> shortcut) {
    this.name = name;
    this.shortcut = shortcut;
    this.layer = layer;
    this.inputs = List.copyOf(inputs);
    this.parameters = Map.copyOf(parameters);
    this.shape = layer.outputShape(this.inputs.stream().map(Piece::shape).toList());
    this.batched = layer.batched(this.inputs.stream().map(Piece::batched).toList());
    if (shape.rank() > Numbers.MOST_AXES || shape.elements() > Integer.MAX_VALUE) {
      throw new GraphException("makes samples of %s, which no engine can hold".formatted(shape));
    }
  }

  /** A piece like this one, which whoever reads it may pass over. */
  public Piece with(Shortcut other) {
    return new Piece(name, layer, parameters, inputs, Optional.of(other));
  }

  /** How to pass over this piece. */
  public Optional<Shortcut> shortcut() {
    return shortcut;
  }

  public Layer layer() {
    return layer;
  }

  public List<Piece> inputs() {
    return inputs;
  }

  /** The only input. */
  public Piece input() {
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
