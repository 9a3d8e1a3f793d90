package dev.trifocal.onnx.internal.operator;

import dev.trifocal.error.GraphException;
import dev.trifocal.layer.Affine;
import dev.trifocal.layer.LearnableInput;
import dev.trifocal.onnx.internal.operand.ConstantValue;
import dev.trifocal.onnx.internal.operand.DataValue;
import dev.trifocal.onnx.internal.operand.LayerFusion;
import dev.trifocal.onnx.internal.operand.NodePath;
import dev.trifocal.onnx.internal.operand.PendingNode;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.weights.Initializer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Constants as operands of data. */
final class ConstantOps {
  /** The most channels for which an Affine lists its scales and shifts. */
  static final int MOST_CHANNELS = 1 << 20;

  private ConstantOps() {}

  /** Returns a constant as a learnable input of the graph. */
  static PendingNode learned(String name, Tensor values) {
    String path = NodePath.ofWeight(name).orElse(NodePath.clean(name));
    return new PendingNode(
        path.matches("\\d*") ? "" : path,
        new LearnableInput(values.shape(), new Initializer.Constant(0)),
        Map.of("weight", values),
        List.of());
  }

  /**
   * Returns a constant as a learnable input that is combined elementwise with data.
   *
   * @throws GraphException if the data has one row shared by the batch, because the input has one
   *     row per sample
   */
  static PendingNode learnedBeside(PendingNode data, String name, Tensor values) {
    if (!data.batched()) {
      throw new GraphException(
          "combines a value shared by the batch with a constant of several numbers, which no layer supports");
    }
    return learned(name, values);
  }

  /**
   * Returns the index in the piece of each element in the file's order.
   *
   * @param order axis {@code i} in the file is axis {@code order(i)} of the piece
   */
  static int[] places(Shape piece, List<Integer> order) {
    int rank = piece.rank();
    int[] strides = new int[rank];
    int stride = 1;
    for (int axis = rank - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= piece.size(axis);
    }
    int[] result = new int[stride];
    int[] place = new int[rank];
    for (int i = 0; i < result.length; i++) {
      for (int axis = 0; axis < rank; axis++) {
        result[i] += place[axis] * strides[order.get(axis)];
      }
      for (int axis = rank - 1; axis >= 0 && ++place[axis] == piece.size(order.get(axis)); axis--) {
        place[axis] = 0;
      }
    }
    return result;
  }

  /**
   * Broadcasts a constant to the rank of the data that it is combined with, without the batch axis
   * and in the axis order of the piece.
   *
   * @throws GraphException if the constant differs between samples
   */
  static Tensor besides(ConstantValue constant, DataValue flow) {
    List<Integer> sizes = new ArrayList<>(constant.sizes());
    while (sizes.size() < flow.rank()) {
      sizes.add(0, 1);
    }
    if (sizes.size() > flow.rank() || sizes.get(0) != 1) {
      throw new GraphException(
          "combines samples of shape %s with a constant of shape %s, which has its own batch axis"
              .formatted(flow.shape(), constant.sizes()));
    }
    Tensor spread = constant.tensor().reshape(new Shape(sizes.subList(1, sizes.size())));
    if (flow.inOrder()) {
      return spread;
    }
    int rank = flow.order().size();
    Integer[] own = new Integer[rank];
    for (int axis = 0; axis < rank; axis++) {
      own[flow.order().get(axis)] = spread.shape().size(axis);
    }
    Shape shape = new Shape(List.of(own));
    int[] places = places(shape, flow.order());
    float[] from = spread.toFloats();
    return Tensor.floats(
        shape,
        to -> {
          for (int i = 0; i < from.length; i++) {
            to.put(places[i], from[i]);
          }
        });
  }

  /**
   * Checks the rank of a constant.
   *
   * @throws GraphException if the constant has more axes than the data, which would add axes before
   *     the batch
   */
  static void requireRank(ConstantValue constant, DataValue flow) {
    if (constant.rank() > flow.rank()) {
      throw new GraphException(
          "combines samples of shape %s with a constant of shape %s, which adds an axis before the batch"
              .formatted(flow.shape(), constant.sizes()));
    }
  }

  /**
   * Returns one number per channel of a piece, repeated if the constant is a single number; empty
   * if the constant varies within a channel.
   */
  static Optional<double[]> perChannel(Tensor constant, PendingNode piece) {
    if (piece.shape().rank() == 0) {
      return Optional.of(new double[] {constant.floats().get(0)});
    }
    boolean channels =
        constant.shape().size(0) == 1 || constant.shape().size(0) == piece.shape().size(0);
    if (!channels
        || constant.shape().elements() != constant.shape().size(0)
        || piece.shape().size(0) > MOST_CHANNELS) {
      return Optional.empty();
    }
    double[] result = new double[piece.shape().size(0)];
    for (int i = 0; i < result.length; i++) {
      result[i] = constant.floats().get(constant.shape().size(0) == 1 ? 0 : i);
    }
    return Optional.of(result);
  }

  /** Returns {@code x * scale[c] + shift[c]}, merged with a scale that the piece itself applies. */
  static PendingNode scaled(String path, PendingNode piece, double[] scale, double[] shift) {
    if (piece.shortcut().orElse(null) instanceof LayerFusion.Scaled before) {
      double[] both = new double[scale.length];
      double[] sum = new double[scale.length];
      for (int i = 0; i < scale.length; i++) {
        both[i] = before.scale()[i] * scale[i];
        sum[i] = before.shift()[i] * scale[i] + shift[i];
      }
      return scaled(piece.name(), before.bare(), both, sum);
    }
    boolean nothing =
        Arrays.stream(scale).allMatch(s -> s == 1) && Arrays.stream(shift).allMatch(s -> s == 0);
    return nothing
        ? piece
        : new PendingNode(path, new Affine(floats(scale), floats(shift)), Map.of(), List.of(piece))
            .with(new LayerFusion.Scaled(piece, scale, shift));
  }

  /** Returns {@code x * scale + shift} with the same scale and shift for all channels. */
  static PendingNode scaled(String path, PendingNode piece, double scale, double shift) {
    int channels = piece.shape().rank() == 0 ? 1 : piece.shape().size(0);
    if (channels > MOST_CHANNELS) {
      throw new GraphException("scales too many channels: %,d".formatted(channels));
    }
    double[] scales = new double[channels];
    double[] shifts = new double[channels];
    Arrays.fill(scales, scale);
    Arrays.fill(shifts, shift);
    return scaled(path, piece, scales, shifts);
  }

  private static List<Float> floats(double[] values) {
    List<Float> result = new ArrayList<>();
    for (double value : values) {
      result.add((float) value);
    }
    return Collections.unmodifiableList(result);
  }
}
