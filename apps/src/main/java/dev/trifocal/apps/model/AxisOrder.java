package dev.trifocal.apps.model;

import dev.trifocal.onnx.importer.FileValue;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.DataType;
import dev.trifocal.tensor.Tensor;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;

/** Converts samples from the axis order of a model file to that of its graph. */
final class AxisOrder {
  private AxisOrder() {}

  /**
   * Returns the samples as float32 in the graph's axis order; unchanged if they already have it or
   * match neither order.
   *
   * @param samples the samples, {@code [N, ...]}
   * @param value the input as the file declares it
   * @param graph the shape of one sample in the graph
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
