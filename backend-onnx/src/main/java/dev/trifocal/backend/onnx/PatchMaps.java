package dev.trifocal.backend.onnx;

import dev.trifocal.layer.Conv2d;
import dev.trifocal.layer.Window;
import dev.trifocal.onnx.ConvolutionAttributes;
import dev.trifocal.onnx.OnnxGraphBuilder;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.util.List;

/**
 * What a convolution meets at each output pixel, as one map per channel and kernel element: {@code
 * [N, C*kH*kW, H', W']}. A convolution with a single 1 in each kernel computes it, on all threads.
 */
record PatchMaps(OnnxGraphBuilder onnx, Conv2d layer, int channels) {

  String of(String x) {
    return onnx.node(
        "Conv",
        List.of(x, onnx.constant(kernels())),
        ConvolutionAttributes.of(layer.window(), channels));
  }

  /** Returns the number of maps. */
  int count() {
    return channels * layer.window().kernel().area();
  }

  private Tensor kernels() {
    Window window = layer.window();
    int area = window.kernel().area();
    return Tensor.floats(
        Shape.of(count(), 1, window.kernel().height(), window.kernel().width()),
        buffer -> {
          for (int map = 0; map < count(); map++) {
            buffer.put(map * area + map % area, 1);
          }
        });
  }
}
