package dev.trifocal.graph;

import dev.trifocal.layer.ActivationFunction;
import dev.trifocal.layer.Add;
import dev.trifocal.layer.Affine;
import dev.trifocal.layer.BatchReduce;
import dev.trifocal.layer.Concat;
import dev.trifocal.layer.Divide;
import dev.trifocal.layer.Layer;
import dev.trifocal.layer.LayerSpec;
import dev.trifocal.layer.MatMul;
import dev.trifocal.layer.Multiply;
import dev.trifocal.layer.Reduce;
import dev.trifocal.layer.Reshape;
import dev.trifocal.shape.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * What flows along an edge while a graph is drawn. Immutable: each method leaves this value as it
 * is and returns the next one. Shapes are checked at once, so a mistake is reported where it is
 * made.
 */
public final class Value {
  private final GraphBuilder builder;
  private final String scope;
  private final Node node;

  Value(GraphBuilder builder, String scope, Node node) {
    this.builder = builder;
    this.scope = scope;
    this.node = node;
  }

  /** The layer applied to this value, named after its kind and, from the second on, numbered. */
  public Value then(LayerSpec layer) {
    return builder.node(scope, null, layer, List.of(this));
  }

  /**
   * The layer applied to this value, under a name within the enclosing block.
   *
   * @throws dev.trifocal.error.GraphException if the layer does not suit this value's shape, or the
   *     name is taken or malformed
   */
  public Value then(String name, LayerSpec layer) {
    return builder.node(scope, name, layer, List.of(this));
  }

  /**
   * What {@code block} makes of this value, such as a {@link Sequential} or a method of yours; its
   * nodes are named as if they were drawn here.
   *
   * @see #block to name them within a block
   */
  public Value then(UnaryOperator<Value> block) {
    return own(scope + "block", block.apply(this));
  }

  /** Elementwise sum of this value and all others; axes of size 1 are repeated. */
  public Value plus(Value... others) {
    return builder.node(scope, null, new Add(), withOthers(others));
  }

  /** {@link #plus(Value...)} under a name within the enclosing block. */
  public Value plus(String name, Value... others) {
    return with(name, new Add(), others);
  }

  /** Elementwise product; axes of size 1 are repeated: a gate {@code [C, 1, 1]}. */
  public Value times(Value other) {
    return builder.node(scope, null, new Multiply(), List.of(this, other));
  }

  /** Elementwise quotient; axes of size 1 are repeated. */
  public Value dividedBy(Value other) {
    return builder.node(scope, null, new Divide(), List.of(this, other));
  }

  /** Elementwise difference; axes of size 1 are repeated. */
  public Value minus(Value other) {
    return plus(other.within(this).times(-1));
  }

  /** Every element plus a number. */
  public Value plus(double number) {
    return then(affine(1, number));
  }

  /** Every element minus a number. */
  public Value minus(double number) {
    return plus(-number);
  }

  /** Every element times a number. */
  public Value times(double number) {
    return then(affine(number, 0));
  }

  /** Every element times itself. */
  public Value square() {
    return times(this);
  }

  /** The square root of every element. */
  public Value sqrt() {
    return then(Layer.sqrt());
  }

  /** {@code e^x} of every element. */
  public Value exp() {
    return then(Layer.exp());
  }

  /** The natural logarithm of every element. */
  public Value log() {
    return then(Layer.log());
  }

  /** Every element without its sign. */
  public Value abs() {
    return then(Layer.abs());
  }

  /** Every element to a power. */
  public Value power(double exponent) {
    return then(Layer.power(exponent));
  }

  /** Every element brought into {@code [low, high]}; gradient 0 at both ends and beyond. */
  public Value clip(double low, double high) {
    return then(Layer.activation(new ActivationFunction.Clip(low, high)));
  }

  /** Sums along axes of a sample, which stay with size 1; axis 0 is the channels. */
  public Value sum(Integer... axes) {
    return then(Layer.reduce(Reduce.Reduction.SUM, axes));
  }

  /** Means along axes of a sample, which stay with size 1; axis 0 is the channels. */
  public Value mean(Integer... axes) {
    return then(Layer.reduce(Reduce.Reduction.MEAN, axes));
  }

  /** The sum over the samples of a batch, element by element. */
  public Value batchSum() {
    return then(new BatchReduce(Reduce.Reduction.SUM));
  }

  /** The mean over the samples of a batch, element by element. */
  public Value batchMean() {
    return then(new BatchReduce(Reduce.Reduction.MEAN));
  }

  /** The sum of all elements of all samples: one number, of shape {@code []}. */
  public Value sum() {
    return number(Reduce.Reduction.SUM);
  }

  /** The mean of all elements of all samples: one number, of shape {@code []}. */
  public Value mean() {
    return number(Reduce.Reduction.MEAN);
  }

  /** {@link #times(Value)} under a name within the enclosing block. */
  public Value times(String name, Value other) {
    return with(name, new Multiply(), other);
  }

  /** This value's channels followed by those of the others. */
  public Value concat(Value... others) {
    return builder.node(scope, null, new Concat(0), withOthers(others));
  }

  /** {@link #concat(Value...)} under a name within the enclosing block. */
  public Value concat(String name, Value... others) {
    return with(name, new Concat(0), others);
  }

  /** The matrix product {@code [..., M, K]} by {@code [..., K, N]}. */
  public Value matmul(Value other) {
    return builder.node(scope, null, new MatMul(), List.of(this, other));
  }

  /**
   * A layer of several inputs, this value first, under a name within the enclosing block.
   *
   * @throws dev.trifocal.error.GraphException as {@link #then(String, LayerSpec)} does
   */
  public Value with(String name, LayerSpec layer, Value... others) {
    return builder.node(scope, name, layer, withOthers(others));
  }

  /** Draws a part of the network whose names all begin with {@code name} and a dot. */
  public Value block(String name, UnaryOperator<Value> body) {
    GraphBuilder.requireName(name);
    return own(scope + name, body.apply(new Value(builder, scope + name + ".", node)));
  }

  /** This value, with what is drawn from it named below {@code scope}: {@code loss.output}. */
  public Value within(String otherScope) {
    GraphBuilder.requireName(otherScope);
    return new Value(builder, otherScope + ".", node);
  }

  /** The shape of one sample. */
  public Shape shape() {
    return node.shape();
  }

  /** Whether this value has a row for each sample, rather than one row for the whole batch. */
  public boolean batched() {
    return node.batched();
  }

  /** The full path of the node that makes this value. */
  public String path() {
    return node.path();
  }

  private Value number(Reduce.Reduction reduction) {
    Value each = this;
    if (shape().rank() > 0) {
      Integer[] axes = IntStream.range(0, shape().rank()).boxed().toArray(Integer[]::new);
      each = then(Layer.reduce(reduction, axes)).then(new Reshape(Shape.of()));
    }
    return each.batched() ? each.then(new BatchReduce(reduction)) : each;
  }

  private Value within(Value other) {
    return new Value(builder, other.scope, node);
  }

  private static Affine affine(double scale, double shift) {
    return new Affine(List.of((float) scale), List.of((float) shift));
  }

  private List<Value> withOthers(Value... others) {
    List<Value> all = new ArrayList<>(List.of(this));
    all.addAll(List.of(others));
    return all;
  }

  /** The result of a block, at this place again. */
  private Value own(String path, Value result) {
    builder.requireOwn(path, result);
    return new Value(builder, scope, result.node);
  }

  /** The first number that names nothing at this place yet. */
  int nextNumber() {
    return builder.nextNumber(scope);
  }

  boolean belongsTo(GraphBuilder other) {
    return builder == other;
  }
}
