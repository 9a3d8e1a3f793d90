package dev.trifocal.onnx.internal.operator;

import dev.trifocal.error.GraphException;
import dev.trifocal.onnx.internal.operand.ConstantValue;
import dev.trifocal.onnx.internal.operand.DataValue;
import dev.trifocal.onnx.internal.operand.NodeCall;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Derives the shape of a sample from the target shape of a batch, which exporters write as {@code
 * [-1, 400]}, {@code [1, -1]}, {@code [0, 400]} or with a computed batch size.
 */
record BatchedShape(DataValue x, NodeCall call) {
  /**
   * Returns the shape of one sample. A literal first size is taken as the batch if it equals the
   * batch size of the file's inputs, or 1 if that is open.
   *
   * @throws GraphException if the batch is not the first axis of the target
   */
  List<Integer> sizes(ConstantValue target) {
    int rank = target.count();
    if (rank == 0) {
      throw mixed(target);
    }
    List<Integer> sizes = new ArrayList<>();
    int open = -1;
    for (int i = 1; i < rank; i++) {
      long size = size(target, i);
      if (size == -1) {
        open = sizes.size();
        sizes.add(1);
      } else {
        sizes.add(WindowAttributes.number(size));
      }
    }
    long rest = sizes.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    long elements = x.shape().elements();
    if (open >= 0) {
      sizes.set(open, (int) (elements / rest));
      rest *= elements / rest;
    }
    if (rest != elements || !first(target, open >= 0)) {
      throw mixed(target);
    }
    return sizes;
  }

  private long size(ConstantValue target, int axis) {
    boolean copied = target.at(axis) == 0 && call.node().integer("allowzero", 0) == 0;
    if (copied && axis >= x.rank()) {
      throw new GraphException(
          "copies axis %d, which samples of shape %s do not have".formatted(axis, x.shape()));
    }
    long size = copied ? x.shape().size(axis - 1) : (long) target.at(axis);
    if (target.perBatch(axis) || size == 0 || size < -1) {
      throw mixed(target);
    }
    return size;
  }

  /** Returns whether the first size can be the batch because the other sizes make up a sample. */
  private boolean first(ConstantValue target, boolean open) {
    double size = target.at(0);
    if (target.perBatch(0)) {
      return size == 1 && x.piece().batched();
    }
    boolean copied = size == 0 && call.node().integer("allowzero", 0) == 0;
    long rows = x.piece().batched() ? call.file().batch().orElse(1) : 1;
    boolean own = rows == (long) size;
    return copied || own || (size == -1 && !open);
  }

  private GraphException mixed(ConstantValue target) {
    String text =
        IntStream.range(0, target.count())
            .mapToObj(i -> (long) target.at(i) + (target.perBatch(i) ? " times the batch" : ""))
            .collect(Collectors.joining(", ", "[", "]"));
    return new GraphException(
        "reshapes samples of %2$s to %1$s, which leaves the batch axis ambiguous"
            .formatted(text, x.shape()));
  }
}
