package dev.trifocal.backend.djl;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.trifocal.layer.GroupNorm;
import dev.trifocal.layer.LocalResponseNorm;

/** Norms that do not differ between training and evaluation. */
final class Normalisation {
  private Normalisation() {}

  /**
   * Computes PyTorch's layer norm over each group, which is contiguous, and then applies scale and
   * bias per channel.
   */
  static PtNDArray of(GroupNorm layer, NodeContext context) {
    PtNDArray x = context.input();
    Shape shape = x.getShape();
    long groups = shape.get(0) * layer.groups();
    Shape group = new Shape(shape.size() / groups);
    PtNDArray unit =
        JniUtils.layerNorm(
            JniUtils.reshape(x, new long[] {groups, group.size()}),
            group,
            JniUtils.createOnesNdArray(
                x.getManager(), group, DataType.FLOAT32, x.getDevice(), SparseFormat.DENSE),
            JniUtils.createZerosNdArray(
                x.getManager(), group, DataType.FLOAT32, x.getDevice(), SparseFormat.DENSE),
            layer.epsilon());
    PtNDArray scaled =
        JniUtils.mul(JniUtils.reshape(unit, shape.getShape()), context.channels("weight"));
    return JniUtils.add(scaled, context.channels("bias"));
  }

  /**
   * Composes the norm as PyTorch does: the mean of squares is an average pool over the channels.
   */
  static PtNDArray of(LocalResponseNorm layer, PtNDArray x) {
    Shape shape = x.getShape();
    long pixels = shape.get(2) * shape.get(3);
    PtNDArray squares =
        JniUtils.reshape(JniUtils.square(x), new long[] {shape.get(0), 1, shape.get(1), pixels});
    PtNDArray padded =
        JniUtils.pad(squares, new long[] {0, 0, layer.size() / 2, (layer.size() - 1) / 2}, 0);
    PtNDArray means =
        JniUtils.avgPool(
            padded,
            new Shape(layer.size(), 1),
            new Shape(1, 1),
            WindowGeometry.NO_PADDING,
            false,
            true);
    PtNDArray base =
        JniUtils.add(
            JniUtils.mul(means, NativeScalars.of(x, layer.alpha())),
            NativeScalars.of(x, layer.k()));
    PtNDArray divisors = JniUtils.pow(base, NativeScalars.of(x, layer.beta()));
    return JniUtils.div(x, JniUtils.reshape(divisors, shape.getShape()));
  }
}
