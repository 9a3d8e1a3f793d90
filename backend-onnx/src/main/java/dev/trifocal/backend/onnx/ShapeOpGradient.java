package dev.trifocal.backend.onnx;

import dev.trifocal.layer.Pad2d;
import dev.trifocal.layer.Slice;
import dev.trifocal.layer.Transpose;
import dev.trifocal.layer.Upsample2d;
import dev.trifocal.onnx.Attribute;
import dev.trifocal.onnx.OnnxGraphBuilder;
import dev.trifocal.shape.Shape;
import java.util.List;

/**
 * Gradients of layers that move or repeat elements: each gradient returns to the source of its
 * element, and gradients of repeated elements are summed.
 *
 * @param input shape of one sample
 */
record ShapeOpGradient(OnnxGraphBuilder onnx, Shape input) {
  /** Reshapes dy to samples of the input's shape. */
  String reshaped(String dy) {
    long[] sizes = input.batch(1).toLongs();
    sizes[0] = 0;
    return onnx.node("Reshape", List.of(dy, onnx.longs(sizes)));
  }

  String ofTranspose(Transpose layer, String dy) {
    long[] inverse = new long[layer.order().size() + 1];
    for (int i = 0; i < layer.order().size(); i++) {
      inverse[layer.order().get(i) + 1] = i + 1L;
    }
    return onnx.node("Transpose", List.of(dy), Attribute.of("perm", inverse));
  }

  /** Inserts zeros between the elements for the step, then pads with zeros on both sides. */
  String ofSlice(Slice layer, Shape output, String dy) {
    int axis = layer.axis() + 1;
    String spread = dy;
    int length = output.size(layer.axis());
    if (layer.step() > 1) {
      String apart = onnx.node("Unsqueeze", List.of(dy, onnx.longs(axis + 1)));
      String filled = padded(apart, input.rank() + 2, axis + 1, 0, layer.step() - 1L);
      length *= layer.step();
      long[] sizes = output.with(layer.axis(), length).batch(1).toLongs();
      sizes[0] = 0;
      spread = onnx.node("Reshape", List.of(filled, onnx.longs(sizes)));
    }
    long behind = (long) input.size(layer.axis()) - layer.start() - length;
    return padded(spread, input.rank() + 1, axis, layer.start(), behind);
  }

  String ofPad(Pad2d layer, String dy) {
    var p = layer.padding();
    if (layer.mode() == Pad2d.Mode.CONSTANT) {
      return onnx.node(
          "Pad", List.of(dy, onnx.longs(0, 0, -p.top(), -p.left(), 0, 0, -p.bottom(), -p.right())));
    }
    return new SeparableResize(onnx)
        .transposed(
            dy,
            SeparableResize.padding(layer.mode(), input.size(1), p.top(), p.bottom()),
            SeparableResize.padding(layer.mode(), input.size(2), p.left(), p.right()));
  }

  String ofUpsample(Upsample2d layer, String dy) {
    int height = layer.factor().height();
    int width = layer.factor().width();
    return switch (layer.interpolation()) {
      case NEAREST -> {
        String mean =
            onnx.node(
                "AveragePool",
                List.of(dy),
                Attribute.of("kernel_shape", height, width),
                Attribute.of("strides", height, width));
        yield onnx.node("Mul", List.of(mean, onnx.constant((double) height * width)));
      }
      case BILINEAR ->
          new SeparableResize(onnx)
              .transposed(
                  dy,
                  SeparableResize.bilinear(input.size(1), height),
                  SeparableResize.bilinear(input.size(2), width));
    };
  }

  private String padded(String value, int rank, int axis, long before, long behind) {
    long[] pads = new long[2 * rank];
    pads[axis] = before;
    pads[rank + axis] = behind;
    return onnx.node("Pad", List.of(value, onnx.longs(pads)));
  }
}
