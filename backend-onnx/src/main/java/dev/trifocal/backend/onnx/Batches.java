package dev.trifocal.backend.onnx;

import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Tensors cut and joined along their first axis. */
interface Batches {
  /** So many samples from the first on; a tensor with as few stays as it is. */
  static Tensor part(Tensor all, int first, int count) {
    if (all.shape().rank() == 0 || all.shape().size(0) <= count) {
      return all;
    }
    int sample = all.bytes().remaining() / all.shape().size(0);
    ByteBuffer bytes = all.bytes().slice(first * sample, count * sample);
    return Tensor.make(sized(all.shape(), count), all.type(), target -> target.put(bytes));
  }

  static Tensor joined(List<Tensor> parts) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    int count = parts.stream().mapToInt(part -> part.shape().size(0)).sum();
    return Tensor.make(
        sized(parts.get(0).shape(), count),
        parts.get(0).type(),
        target -> parts.forEach(part -> target.put(part.bytes())));
  }

  private static Shape sized(Shape shape, int count) {
    List<Integer> sizes = new ArrayList<>(shape.sizes());
    sizes.set(0, count);
    return new Shape(sizes);
  }
}
