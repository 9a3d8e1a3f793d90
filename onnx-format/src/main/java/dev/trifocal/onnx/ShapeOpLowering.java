package dev.trifocal.onnx;

import dev.trifocal.layer.LearnableInput;
import dev.trifocal.layer.Pad2d;
import dev.trifocal.layer.Padding;
import dev.trifocal.layer.Slice;
import dev.trifocal.layer.Transpose;
import dev.trifocal.layer.Upsample2d;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Lowers layers that move, repeat or interpolate elements. */
record ShapeOpLowering(OnnxGraphBuilder onnx) {
  /**
   * Lowers a learnable input, repeated for each sample of the batch.
   *
   * @param batched a graph input, whose first axis is the batch; empty if the graph has no inputs
   */
  String learnable(LearnableInput layer, NodeContext context, Optional<String> batched) {
    String values = context.parameter("weight");
    if (batched.isEmpty()) {
      return onnx.node("Reshape", List.of(values, rows(layer.shape(), 1)));
    }
    String samples =
        onnx.node(
            "Shape", List.of(batched.get()), Attribute.of("start", 0L), Attribute.of("end", 1L));
    List<String> sizes = new ArrayList<>(List.of(samples));
    if (layer.shape().rank() > 0) {
      sizes.add(onnx.longs(layer.shape().toLongs()));
    }
    return onnx.node(
        "Expand", List.of(values, onnx.node("Concat", sizes, Attribute.of("axis", 0L))));
  }

  /** Reshapes each sample. */
  String reshape(String x, Shape sample) {
    return onnx.node("Reshape", List.of(x, rows(sample, 0)));
  }

  /** Reshapes to the shape of another value. */
  String reshapeLike(String x, String other) {
    return onnx.node("Reshape", List.of(x, onnx.node("Shape", List.of(other))));
  }

  /** Pads an image with zeros. */
  String zeros(String x, Padding p) {
    return onnx.node(
        "Pad", List.of(x, onnx.longs(0, 0, p.top(), p.left(), 0, 0, p.bottom(), p.right())));
  }

  String transpose(Transpose layer, String x) {
    return onnx.node("Transpose", List.of(x), Attribute.of("perm", batchOrder(layer.order())));
  }

  /** Lowers a slice; its bounds are valid only for the present size of the axis. */
  String slice(Slice layer, NodeContext context) {
    onnx.relyOn(context.node().inputShapes().get(0).size(layer.axis()));
    return onnx.node(
        "Slice",
        List.of(
            context.input(),
            onnx.longs(layer.start()),
            onnx.longs(layer.end()),
            onnx.longs(layer.axis() + 1),
            onnx.longs(layer.step())));
  }

  String pad(Pad2d layer, String x) {
    Padding p = layer.padding();
    List<String> inputs =
        new ArrayList<>(
            List.of(x, onnx.longs(0, 0, p.top(), p.left(), 0, 0, p.bottom(), p.right())));
    if (layer.mode() == Pad2d.Mode.CONSTANT) {
      inputs.add(onnx.constant(layer.value()));
    }
    return onnx.node(
        "Pad", inputs, Attribute.of("mode", layer.mode().name().toLowerCase(Locale.ROOT)));
  }

  String upsample(Upsample2d layer, String x) {
    Tensor scales =
        Tensor.of(Shape.of(4), new float[] {1, 1, layer.factor().height(), layer.factor().width()});
    List<String> inputs = List.of(x, "", onnx.constant(scales));
    return switch (layer.interpolation()) {
      case NEAREST ->
          onnx.node(
              "Resize",
              inputs,
              Attribute.of("mode", "nearest"),
              Attribute.of("coordinate_transformation_mode", "asymmetric"),
              Attribute.of("nearest_mode", "floor"));
      case BILINEAR ->
          onnx.node(
              "Resize",
              inputs,
              Attribute.of("mode", "linear"),
              Attribute.of("coordinate_transformation_mode", "half_pixel"));
    };
  }

  /** Returns the permutation of a batch's axes for a permutation of a sample's axes. */
  private static long[] batchOrder(List<Integer> order) {
    long[] result = new long[order.size() + 1];
    for (int i = 0; i < order.size(); i++) {
      result[i + 1] = order.get(i) + 1L;
    }
    return result;
  }

  /**
   * Returns the target shape of a Reshape.
   *
   * @param first size of the batch axis; 0 keeps the size of the input
   */
  private String rows(Shape sample, long first) {
    long[] sizes = sample.batch(1).toLongs();
    sizes[0] = first;
    return onnx.longs(sizes);
  }
}
