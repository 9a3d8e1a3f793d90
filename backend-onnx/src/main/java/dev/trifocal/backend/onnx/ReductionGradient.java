package dev.trifocal.backend.onnx;

import dev.trifocal.layer.BatchReduce;
import dev.trifocal.layer.Reduce;
import dev.trifocal.onnx.Attribute;
import dev.trifocal.onnx.OnnxGraphBuilder;
import dev.trifocal.shape.Shape;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Gradients of reductions.
 *
 * @param input shape of one sample
 */
record ReductionGradient(OnnxGraphBuilder onnx, Shape input) {

  String ofReduce(Reduce layer, String x, String y, String dy) {
    return switch (layer.reduction()) {
      case SUM -> spread(dy);
      case MEAN -> spread(multiply(dy, onnx.constant(1.0 / count(layer))));
      case MAX, MIN -> shared(layer, x, y, dy);
    };
  }

  /** Routes the gradient to the first maximum in row-major order. */
  String ofGlobalMax(String x, String dy) {
    long channels = input.size(0);
    long pixels = (long) input.size(1) * input.size(2);
    String rows = onnx.node("Reshape", List.of(x, onnx.longs(0, channels, pixels)));
    String first = onnx.node("ArgMax", List.of(rows), Attribute.of("axis", 2L));
    String places = onnx.longs(IntStream.range(0, (int) pixels).asLongStream().toArray());
    String chosen = onnx.node("Equal", List.of(places, first));
    String row = onnx.node("Reshape", List.of(dy, onnx.longs(0, channels, 1)));
    String spread = onnx.node("Where", List.of(chosen, row, onnx.constant(0)));
    return new ShapeOpGradient(onnx, input).reshaped(spread);
  }

  /** Distributes the gradient of a value that was reduced over the batch to all samples. */
  String ofBatch(BatchReduce layer, String x, String dy) {
    String sizes = onnx.node("Shape", List.of(x));
    String share = dy;
    if (layer.reduction() == Reduce.Reduction.MEAN) {
      String rows =
          onnx.node("Shape", List.of(x), Attribute.of("start", 0L), Attribute.of("end", 1L));
      String count = onnx.node("Cast", List.of(rows), Attribute.of("to", 1L));
      share = onnx.node("Div", List.of(dy, count));
    }
    return onnx.node("Expand", List.of(share, sizes));
  }

  /**
   * Reduces the gradient of a broadcast input: sums over the axes along which it was repeated.
   *
   * @param overBatch whether it was repeated for each sample
   */
  String ofBroadcast(Shape output, boolean overBatch, String gradient) {
    long[] axes =
        IntStream.rangeClosed(overBatch ? 0 : 1, input.rank())
            .filter(axis -> axis == 0 || input.size(axis - 1) != output.size(axis - 1))
            .asLongStream()
            .toArray();
    return axes.length == 0
        ? gradient
        : onnx.node("ReduceSum", List.of(gradient, onnx.longs(axes)));
  }

  private String shared(Reduce layer, String x, String y, String dy) {
    long[] axes = layer.axes().stream().mapToLong(axis -> axis + 1).toArray();
    String equal =
        onnx.node("Cast", List.of(onnx.node("Equal", List.of(x, y))), Attribute.of("to", 1L));
    String ties = onnx.node("ReduceSum", List.of(equal, onnx.longs(axes)));
    return multiply(equal, onnx.node("Div", List.of(dy, ties)));
  }

  private String spread(String dy) {
    return onnx.node("Expand", List.of(dy, onnx.longs(input.batch(1).toLongs())));
  }

  private long count(Reduce layer) {
    return layer.axes().stream().mapToLong(input::size).reduce(1, (a, b) -> a * b);
  }

  private String multiply(String a, String b) {
    return onnx.node("Mul", List.of(a, b));
  }
}
