package dev.trifocal.onnx.internal.operator;

import static dev.trifocal.layer.Layer.dense;

import dev.trifocal.error.GraphException;
import dev.trifocal.layer.Add;
import dev.trifocal.layer.MatMul;
import dev.trifocal.onnx.internal.operand.ConstantValue;
import dev.trifocal.onnx.internal.operand.DataValue;
import dev.trifocal.onnx.internal.operand.LayerFusion;
import dev.trifocal.onnx.internal.operand.NodeCall;
import dev.trifocal.onnx.internal.operand.Operand;
import dev.trifocal.onnx.internal.operand.Operator;
import dev.trifocal.onnx.internal.operand.PendingNode;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Matrix products. */
final class MatMulOps {
  private MatMulOps() {}

  static List<Operator> operators() {
    return List.of(
        Operator.of(
            "Gemm",
            List.of(1, 6, 7, 9, 11, 13),
            "Dense",
            "The second input must be constant and transA must be 0. alpha and beta are multiplied into the"
                + " weights. Since version 7 the bias is always broadcast; version 11 makes it optional.",
            MatMulOps::gemm),
        Operator.of(
            "MatMul",
            List.of(1, 9, 13),
            "Dense for a vector and constant weights, with a following Add as its bias; otherwise MatMul",
            "The product of a sample's rows and a constant matrix becomes MatMul with LearnableInput weights.",
            MatMulOps::matMul));
  }

  private static Operand gemm(NodeCall call) {
    if (call.node().integer("transA", 0) != 0) {
      throw new GraphException("transA is not supported, because it swaps batch and features");
    }
    Tensor given = matrix(call.numbers(1).tensor());
    double alpha = call.node().real("alpha", 1);
    double beta = call.node().real("beta", 1);
    Tensor weight = scaled(rows(given, call.node().integer("transB", 0) == 0), alpha);
    if (call.flows(2)) {
      return plus(call, product(call, weight, Optional.empty()), beta);
    }
    Optional<Tensor> bias =
        call.has(2)
            ? Optional.of(scaled(spread(call.numbers(2), weight.shape().size(0)), beta))
            : Optional.empty();
    return product(call, weight, bias);
  }

  private static Operand plus(NodeCall call, DataValue product, double beta) {
    PendingNode added = ConstantOps.scaled("", call.piece(2), beta, 0);
    return DataValue.of(new PendingNode("", new Add(), Map.of(), List.of(product.piece(), added)));
  }

  private static Operand matMul(NodeCall call) {
    requireFeatures(call, 0);
    requireFeatures(call, 1);
    if (call.flows(0) && !call.flows(1)) {
      Tensor given = shortest(call.numbers(1), call.data(0));
      return call.data(0).rank() == 2
          ? product(call, rows(matrix(given), true), Optional.empty())
          : byConstant(call, given);
    }
    if (!call.flows(0)) {
      PendingNode x = call.piece(1);
      Tensor first = fitted(shortest(call.numbers(0), call.data(1)), x.shape().rank());
      return DataValue.of(call.piece(new MatMul(), ConstantOps.learned(name(call, 0), first), x));
    }
    if (call.data(0).rank() != call.data(1).rank() || call.data(0).rank() < 3) {
      throw new GraphException(
          "multiplies samples of shapes %s and %s across the batch"
              .formatted(call.data(0).shape(), call.data(1).shape()));
    }
    return DataValue.of(call.piece(new MatMul(), call.piece(0), call.piece(1)));
  }

  private static void requireFeatures(NodeCall call, int input) {
    if (call.flows(input) && call.data(input).rank() < 2) {
      throw new GraphException("multiplies along the batch axis, which no layer supports");
    }
  }

  /** Multiplies the rows of a sample with shared weights, or with weights per leading index. */
  private static Operand byConstant(NodeCall call, Tensor given) {
    PendingNode x = call.piece(0);
    int rank = x.shape().rank();
    if (given.shape().rank() > 2) {
      PendingNode weights = ConstantOps.learned(name(call, 1), fitted(given, rank));
      return DataValue.of(call.piece(new MatMul(), x, weights));
    }
    int in = x.shape().size(rank - 1);
    int rows = WindowAttributes.number(x.shape().elements() / in);
    List<Integer> sizes = new ArrayList<>(x.shape().sizes());
    sizes.set(rank - 1, matrix(given).shape().size(1));
    PendingNode flat = ReshapeOps.reshaped("", x, List.of(rows, in));
    PendingNode product = call.piece(new MatMul(), flat, ConstantOps.learned(name(call, 1), given));
    return DataValue.of(ReshapeOps.reshaped("", product, sizes));
  }

  private static String name(NodeCall call, int input) {
    return call.node().inputs().get(input);
  }

  /** Removes leading axes of size 1, but keeps at least two axes. */
  private static Tensor shortest(ConstantValue constant, DataValue beside) {
    ConstantOps.requireRank(constant, beside);
    List<Integer> sizes = constant.sizes();
    while (sizes.size() > 2 && sizes.get(0) == 1) {
      sizes = sizes.subList(1, sizes.size());
    }
    return constant.reshaped(sizes).tensor();
  }

  /** Adds leading axes of size 1. */
  private static Tensor fitted(Tensor constant, int rank) {
    List<Integer> sizes = new ArrayList<>(constant.shape().sizes());
    while (sizes.size() < rank) {
      sizes.add(0, 1);
    }
    return constant.reshape(new Shape(sizes));
  }

  private static DataValue product(NodeCall call, Tensor weight, Optional<Tensor> bias) {
    DataValue flow = call.data(0);
    if (flow.rank() != 2) {
      throw new GraphException("expected a vector, but got samples of %s".formatted(flow.shape()));
    }
    PendingNode input = flow.settled();
    Tensor fitted = weight;
    if (input.shape().size(0) != weight.shape().size(1)) {
      throw new GraphException(
          "expects %d features, but its input has %d"
              .formatted(weight.shape().size(1), input.shape().size(0)));
    }
    if (input.shortcut().orElse(null) instanceof LayerFusion.Reordered reordered) {
      input = ReshapeOps.flattened(reordered.bare());
      fitted = columns(weight, reordered);
    }
    int units = weight.shape().size(0);
    BiasedLayer dense =
        new BiasedLayer(call, fitted, dense(units), dense(units).withoutBias(), input);
    return bias.isPresent() ? DataValue.of(dense.with(bias.get())) : dense.flow();
  }

  /** Returns a matrix as {@code [out, in]}, the layout of Dense. */
  private static Tensor rows(Tensor matrix, boolean exchange) {
    if (!exchange) {
      return matrix;
    }
    int ins = matrix.shape().size(0);
    int outs = matrix.shape().size(1);
    FloatBuffer from = matrix.floats();
    return Tensor.floats(
        Shape.of(outs, ins),
        to -> {
          for (int out = 0; out < outs; out++) {
            for (int in = 0; in < ins; in++) {
              to.put(from.get(in * outs + out));
            }
          }
        });
  }

  /** Permutes the columns of the weights to the graph's order of the elements. */
  private static Tensor columns(Tensor weight, LayerFusion.Reordered reordered) {
    int[] places = ConstantOps.places(reordered.bare().shape(), reordered.order());
    int outs = weight.shape().size(0);
    int ins = weight.shape().size(1);
    FloatBuffer from = weight.floats();
    return Tensor.floats(
        weight.shape(),
        to -> {
          for (int out = 0; out < outs; out++) {
            for (int in = 0; in < ins; in++) {
              to.put(out * ins + places[in], from.get(out * ins + in));
            }
          }
        });
  }

  private static Tensor scaled(Tensor tensor, double factor) {
    if (factor == 1) {
      return tensor;
    }
    FloatBuffer from = tensor.floats();
    return Tensor.floats(
        tensor.shape(),
        to -> {
          while (from.hasRemaining()) {
            to.put((float) (from.get() * factor));
          }
        });
  }

  /** Broadcasts a bias of one number, or one per unit, possibly with a leading axis of size 1. */
  private static Tensor spread(ConstantValue bias, int units) {
    boolean row = bias.rank() < 2 || bias.sizes().get(0) == 1;
    if (bias.rank() > 2 || !row || (bias.count() != 1 && bias.count() != units)) {
      throw new GraphException(
          "adds a constant of shape %s to %d units".formatted(bias.sizes(), units));
    }
    float[] values = new float[units];
    if (bias.count() == 1) {
      Arrays.fill(values, (float) bias.single());
      return Tensor.of(Shape.of(units), values);
    }
    return bias.reshaped(List.of(units)).tensor();
  }

  private static Tensor matrix(Tensor weight) {
    if (weight.shape().rank() != 2) {
      throw new GraphException("weights %s are not a matrix".formatted(weight));
    }
    return weight;
  }
}
