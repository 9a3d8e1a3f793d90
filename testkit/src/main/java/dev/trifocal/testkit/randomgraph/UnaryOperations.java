package dev.trifocal.testkit.randomgraph;

import static dev.trifocal.layer.Layer.batchNorm;
import static dev.trifocal.layer.Layer.dense;
import static dev.trifocal.layer.Layer.dropout;
import static dev.trifocal.layer.Layer.groupNorm;
import static dev.trifocal.layer.Layer.reduce;
import static dev.trifocal.layer.Layer.reshape;
import static dev.trifocal.layer.Layer.transpose;

import dev.trifocal.graph.Value;
import dev.trifocal.layer.Activation;
import dev.trifocal.layer.ActivationFunction;
import dev.trifocal.layer.Affine;
import dev.trifocal.layer.LogSoftmax;
import dev.trifocal.layer.PRelu;
import dev.trifocal.layer.Reduce.Reduction;
import dev.trifocal.layer.Slice;
import dev.trifocal.layer.Softmax;
import dev.trifocal.shape.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** The operations on one value of any shape, or on a vector or a matrix. */
final class UnaryOperations {
  /** The smallest number of values per mean for which a norm is insensitive to rounding. */
  static final int STATISTIC = 8;

  static final List<ActivationFunction> FUNCTIONS =
      List.of(
          new ActivationFunction.Relu(),
          new ActivationFunction.Clip(-0.5, 1),
          new ActivationFunction.LeakyRelu(0.2),
          new ActivationFunction.Elu(0.7),
          new ActivationFunction.Sigmoid(),
          new ActivationFunction.HardSigmoid(),
          new ActivationFunction.Tanh(),
          new ActivationFunction.Silu(),
          new ActivationFunction.HardSwish(),
          new ActivationFunction.Gelu(),
          new ActivationFunction.Softplus(),
          new ActivationFunction.Selu(),
          new ActivationFunction.Mish(),
          new ActivationFunction.Softsign());

  private UnaryOperations() {}

  static List<GraphOperation> of(Value x, int batch, OperationChoice move) {
    Shape shape = x.shape();
    int axis = move.first(0, shape.rank() - 1);
    List<GraphOperation> result = new ArrayList<>(values(x, move));
    result.addAll(norms(x, x.batched() ? batch : 1, move));
    result.addAll(ArithmeticOperations.of(x, move));
    result.add(() -> x.then(new Softmax(axis)));
    result.add(() -> x.then(new LogSoftmax(axis)));
    result.add(() -> x.then(reduce(List.of(Reduction.values()).get(move.second(0, 3)), axis)));
    if (shape.size(axis) > 2) {
      int start = move.second(0, 1);
      result.add(() -> x.then(new Slice(axis, start, shape.size(axis), move.second(1, 2))));
    }
    if (shape.rank() > 1) {
      result.add(() -> x.then(transpose(turned(shape.rank(), move.first(1, shape.rank() - 1)))));
    }
    if (shape.rank() == 1) {
      result.add(() -> x.then(dense(move.first(2, 5))));
      result.add(() -> x.then(reshape(shape.size(0), 1, 1)));
    }
    if (shape.rank() == 2) {
      result.add(() -> x.matmul(x.then(transpose(1, 0))));
      result.add(() -> x.then(reshape(1, shape.size(0), shape.size(1))));
    }
    if (shape.rank() == 3) {
      result.add(() -> x.then(reshape(shape.size(0), shape.size(1) * shape.size(2))));
    }
    return result;
  }

  private static List<GraphOperation> values(Value x, OperationChoice move) {
    int channels = x.shape().size(0);
    ActivationFunction function = FUNCTIONS.get(move.first(0, FUNCTIONS.size() - 1));
    Affine affine =
        new Affine(Collections.nCopies(channels, -1.5f), Collections.nCopies(channels, 0.25f));
    return List.of(
        () -> x.then(new Activation(function)),
        () -> x.then(new PRelu(move.first(0, 1) == 0 ? 1 : channels)),
        () -> x.then(dropout(0.25)),
        () -> x.then(affine));
  }

  private static List<GraphOperation> norms(Value x, int batch, OperationChoice move) {
    Shape shape = x.shape();
    int channels = shape.size(0);
    int groups = channels % 2 == 0 ? move.first(1, 2) : 1;
    List<GraphOperation> result = new ArrayList<>();
    if (shape.elements() / groups >= STATISTIC) {
      result.add(() -> x.then(groupNorm(groups)));
    }
    if (shape.rank() == 3 && batch * shape.size(1) * shape.size(2) >= STATISTIC) {
      result.add(() -> x.then(batchNorm()));
    }
    return result;
  }

  /** Returns all axes in order, rotated. */
  private static Integer[] turned(int rank, int by) {
    return IntStream.range(0, rank).mapToObj(axis -> (axis + by) % rank).toArray(Integer[]::new);
  }
}
