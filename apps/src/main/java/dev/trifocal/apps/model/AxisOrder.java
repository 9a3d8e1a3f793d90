package dev.trifocal.apps.model;

import dev.trifocal.onnx.importer.FileValue;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.DataType;
import dev.trifocal.tensor.Tensor;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;

/** Brings samples from the order in which a file has their axes to that of its graph. */
final class AxisOrder {
  private AxisOrder() {}

  /**
   * Float32 with the graph's axes; as it is if it has these already, or fits neither.
   *
   * @param samples {@code [N, ...]}
   * @param graph shape of one sample there
   */
  static Tensor toGraph(Tensor samples, FileValue value, Shape graph) {
    Tensor real = real(samples);
    if (real.shape().rank() != graph.rank() + 1 || value.inOrder()) {
      return real;
    }
    List<Integer> file = value.order().stream().map(graph::size).toList();
    return real.shape().sample().sizes().equals(file) ? moved(real, value.order(), graph) : real;
  }

  private static Tensor moved(Tensor samples, List<Integer> order, Shape graph) {
    int rank = order.size();
    int[] strides = new int[rank];
    int stride = 1;
    for (int axis = rank - 1; axis >= 0; axis--) {
      strides[order.get(axis)] = stride;
      stride *= graph.size(order.get(axis));
    }
    int elements = stride;
    float[] from = samples.toFloats();
    float[] to = new float[from.length];
    for (int i = 0; i < to.length; i++) {
      int rest = i % elements;
      int place = i - rest;
      for (int axis = rank - 1; axis >= 0; axis--) {
        place += rest % graph.size(axis) * strides[axis];
        rest /= graph.size(axis);
      }
      to[i] = from[place];
    }
    return Tensor.of(graph.batch(samples.shape().size(0)), to);
  }

  private static Tensor real(Tensor tensor) {
    if (tensor.type() == DataType.FLOAT32) {
      return tensor;
    }
    ByteBuffer bytes = tensor.bytes();
    return Tensor.floats(
        tensor.shape(),
        target ->
            IntStream.range(0, target.capacity())
                .forEach(
                    i ->
                        target.put(
                            switch (tensor.type()) {
                              case FLOAT32 -> bytes.getFloat();
                              case FLOAT64 -> (float) bytes.getDouble();
                              case INT32 -> bytes.getInt();
                              case INT64 -> bytes.getLong();
                              case UINT8 -> bytes.get() & 0xFF;
                            })));
  }
}
