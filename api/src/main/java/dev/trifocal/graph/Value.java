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
 * A value in a graph under construction. Values are immutable: each method adds a node and returns
 * its value. Shapes are checked immediately, so an error is reported where it occurs.
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

  /** Applies a layer, named after its kind, with a number from the second of its kind on. */
  public Value then(LayerSpec layer) {
    return builder.node(scope, null, layer, List.of(this));
  }

  /**
   * Applies a layer under a name within the enclosing block.
   *
   * @throws dev.trifocal.error.GraphException if this value's shape is incompatible with the layer,
   *     or the name is taken or malformed
   */
  public Value then(String name, LayerSpec layer) {
    return builder.node(scope, name, layer, List.of(this));
  }

  /**
   * Applies a function, such as a {@link Sequential} or a method reference; its nodes are named
   * within the enclosing block.
   *
   * @see #block to name them within a block
   */
  public Value then(UnaryOperator<Value> block) {
    return own(scope + "block", block.apply(this));
  }

  /** Returns the elementwise sum of this value and the others; axes of size 1 are broadcast. */
  public Value plus(Value... others) {
    return builder.node(scope, null, new Add(), withOthers(others));
  }

  /** Returns {@link #plus(Value...)}, named within the enclosing block. */
  public Value plus(String name, Value... others) {
    return with(name, new Add(), others);
  }

  /**
   * Returns the elementwise product; axes of size 1 are broadcast, for example those of a gate
   * {@code [C, 1, 1]}.
   */
  public Value times(Value other) {
    return builder.node(scope, null, new Multiply(), List.of(this, other));
  }

  /** Returns the elementwise quotient; axes of size 1 are broadcast. */
  public Value dividedBy(Value other) {
    return builder.node(scope, null, new Divide(), List.of(this, other));
  }

  /** Returns the elementwise difference; axes of size 1 are broadcast. */
  public Value minus(Value other) {
    return plus(other.within(this).times(-1));
  }

  /** Adds a number to every element. */
  public Value plus(double number) {
    return then(affine(1, number));
  }

  /** Subtracts a number from every element. */
  public Value minus(double number) {
    return plus(-number);
  }

  /** Multiplies every element by a number. */
  public Value times(double number) {
    return then(affine(number, 0));
  }

  /** Returns the elementwise square. */
  public Value square() {
    return times(this);
  }

  /** Returns the elementwise square root. */
  public Value sqrt() {
    return then(Layer.sqrt());
  }

  /** Returns the elementwise exponential, {@code e^x}. */
  public Value exp() {
    return then(Layer.exp());
  }

  /** Returns the elementwise natural logarithm. */
  public Value log() {
    return then(Layer.log());
  }

  /** Returns the elementwise absolute value. */
  public Value abs() {
    return then(Layer.abs());
  }

  /** Raises every element to a power. */
  public Value power(double exponent) {
    return then(Layer.power(exponent));
  }

  /** Clips every element to {@code [low, high]}. The gradient is 0 at and beyond both ends. */
  public Value clip(double low, double high) {
    return then(Layer.activation(new ActivationFunction.Clip(low, high)));
  }

  /**
   * Returns the sum along axes of a sample, which are kept with size 1. Axis 0 is the channel axis.
   */
  public Value sum(Integer... axes) {
    return then(Layer.reduce(Reduce.Reduction.SUM, axes));
  }

  /**
   * Returns the mean along axes of a sample, which are kept with size 1. Axis 0 is the channel
   * axis.
   */
  public Value mean(Integer... axes) {
    return then(Layer.reduce(Reduce.Reduction.MEAN, axes));
  }

  /** Returns the elementwise sum over the samples of a batch. */
  public Value batchSum() {
    return then(new BatchReduce(Reduce.Reduction.SUM));
  }

  /** Returns the elementwise mean over the samples of a batch. */
  public Value batchMean() {
    return then(new BatchReduce(Reduce.Reduction.MEAN));
  }

  /** Returns the sum of all elements of all samples, a scalar of shape {@code []}. */
  public Value sum() {
    return number(Reduce.Reduction.SUM);
  }

  /** Returns the mean of all elements of all samples, a scalar of shape {@code []}. */
  public Value mean() {
    return number(Reduce.Reduction.MEAN);
  }

  /** Returns {@link #times(Value)}, named within the enclosing block. */
  public Value times(String name, Value other) {
    return with(name, new Multiply(), other);
  }

  /** Concatenates this value and the others along the channel axis. */
  public Value concat(Value... others) {
    return builder.node(scope, null, new Concat(0), withOthers(others));
  }

  /** Returns {@link #concat(Value...)}, named within the enclosing block. */
  public Value concat(String name, Value... others) {
    return with(name, new Concat(0), others);
  }

  /** Returns the matrix product of {@code [..., M, K]} and {@code [..., K, N]}. */
  public Value matmul(Value other) {
    return builder.node(scope, null, new MatMul(), List.of(this, other));
  }

  /**
   * Applies a layer with several inputs, of which this value is the first, under a name within the
   * enclosing block.
   *
   * @throws dev.trifocal.error.GraphException if the inputs' shapes are incompatible with the
   *     layer, or the name is taken or malformed
   */
  public Value with(String name, LayerSpec layer, Value... others) {
    return builder.node(scope, name, layer, withOthers(others));
  }

  /** Builds a block, whose node names all start with {@code name} and a dot. */
  public Value block(String name, UnaryOperator<Value> body) {
    GraphBuilder.requireName(name);
    return own(scope + name, body.apply(new Value(builder, scope + name + ".", node)));
  }

  /**
   * Returns this value in another scope: nodes built from it are named below {@code otherScope},
   * for example {@code loss.output}.
   */
  public Value within(String otherScope) {
    GraphBuilder.requireName(otherScope);
    return new Value(builder, otherScope + ".", node);
  }

  /** Returns the shape of one sample. */
  public Shape shape() {
    return node.shape();
  }

  /**
   * Returns whether this value has a row for each sample rather than one row for the whole batch.
   */
  public boolean batched() {
    return node.batched();
  }

  /** Returns the full path of the node that computes this value. */
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

  /** Returns the result of a block in this value's scope. */
  private Value own(String path, Value result) {
    builder.requireOwn(path, result);
    return new Value(builder, scope, result.node);
  }

  /** Returns the first number above all those used as names in this scope. */
  int nextNumber() {
    return builder.nextNumber(scope);
  }

  boolean belongsTo(GraphBuilder other) {
    return builder == other;
  }
}
