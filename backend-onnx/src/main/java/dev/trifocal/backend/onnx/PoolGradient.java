package dev.trifocal.backend.onnx;

import dev.trifocal.layer.AvgPool2d;
import dev.trifocal.layer.Padding;
import dev.trifocal.layer.Size2d;
import dev.trifocal.layer.Window;
import dev.trifocal.onnx.Attribute;
import dev.trifocal.onnx.OnnxGraphBuilder;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.util.List;

/** Gradients of pools with respect to their inputs. */
record PoolGradient(OnnxGraphBuilder onnx, Shape image, Shape output) {

  /**
   * Scatters each gradient to the position of its maximum; where windows overlap, gradients are
   * summed.
   *
   * @param indices positions of the maxima in the flattened batch, as output by MaxPool
   */
  String ofMax(Window window, String indices, String dy) {
    // The shape of x itself would keep x until it is read.
    String shape =
        onnx.node(
            "Concat",
            List.of(
                onnx.node("Shape", List.of(dy), Attribute.of("start", 0L), Attribute.of("end", 1L)),
                onnx.longs(image.toLongs())),
            Attribute.of("axis", 0L));
    if (disjoint(window) && within(window)) {
      return onnx.node(
          "MaxUnpool",
          List.of(dy, indices, shape),
          Attribute.of("kernel_shape", window.kernel().height(), window.kernel().width()),
          Attribute.of("strides", window.stride().height(), window.stride().width()));
    }
    String flat = onnx.longs(-1);
    String count = onnx.node("ReduceProd", List.of(shape, onnx.longs(0)));
    String zeros = onnx.node("Expand", List.of(onnx.constant(0), count));
    String sums =
        onnx.node(
            "ScatterElements",
            List.of(
                zeros,
                onnx.node("Reshape", List.of(indices, flat)),
                onnx.node("Reshape", List.of(dy, flat))),
            Attribute.of("axis", 0L),
            Attribute.of("reduction", "add"));
    return onnx.node("Reshape", List.of(sums, shape));
  }

  /** Distributes each gradient over its window in proportion to the weights of the mean. */
  String ofAverage(AvgPool2d layer, String dy) {
    Window window = layer.window();
    String shares = onnx.node("Mul", List.of(dy, onnx.constant(shares(layer))));
    boolean tiles =
        window.kernel().equals(window.stride()) && window.padding().equals(Padding.NONE);
    String spread = tiles ? tile(window, shares) : overlay(window, shares);
    return SpatialPadCrop.of(onnx, spread, window.padding(), window.covered(output), image);
  }

  private String tile(Window window, String shares) {
    Size2d kernel = window.kernel();
    String split =
        onnx.node(
            "Reshape",
            List.of(shares, onnx.longs(-1, output.size(0), output.size(1), 1, output.size(2), 1)));
    String copies =
        onnx.node(
            "Expand", List.of(split, onnx.longs(1, 1, 1, kernel.height(), 1, kernel.width())));
    return onnx.node(
        "Reshape",
        List.of(
            copies,
            onnx.longs(
                -1,
                output.size(0),
                (long) output.size(1) * kernel.height(),
                (long) output.size(2) * kernel.width())));
  }

  private String overlay(Window window, String shares) {
    Size2d kernel = window.kernel();
    String planes =
        onnx.node("Reshape", List.of(shares, onnx.longs(-1, 1, output.size(1), output.size(2))));
    Shape ones = Shape.of(1, 1, kernel.height(), kernel.width());
    String spread =
        onnx.node(
            "ConvTranspose",
            List.of(planes, onnx.constant(filled(ones))),
            Attribute.of("kernel_shape", kernel.height(), kernel.width()),
            Attribute.of("strides", window.stride().height(), window.stride().width()));
    Size2d covered = window.covered(output);
    return onnx.node(
        "Reshape",
        List.of(spread, onnx.longs(-1, output.size(0), covered.height(), covered.width())));
  }

  /**
   * Returns the reciprocal of the number of elements that each window's mean counts, {@code [1, 1,
   * H', W']}.
   */
  private Tensor shares(AvgPool2d layer) {
    Window window = layer.window();
    Padding p = window.padding();
    int height = image.size(1);
    int width = image.size(2);
    boolean padded = layer.countIncludePad();
    return Tensor.floats(
        Shape.of(1, 1, output.size(1), output.size(2)),
        buffer -> {
          for (int row = 0; row < output.size(1); row++) {
            int rows =
                counted(
                    row * window.stride().height() - p.top(),
                    window.kernel().height(),
                    padded ? -p.top() : 0,
                    height + (padded ? p.bottom() : 0));
            for (int column = 0; column < output.size(2); column++) {
              int columns =
                  counted(
                      column * window.stride().width() - p.left(),
                      window.kernel().width(),
                      padded ? -p.left() : 0,
                      width + (padded ? p.right() : 0));
              buffer.put(1f / (rows * columns));
            }
          }
        });
  }

  private static int counted(int start, int kernel, int low, int high) {
    return Math.min(start + kernel, high) - Math.max(start, low);
  }

  private static boolean disjoint(Window window) {
    return window.stride().height() >= window.span().height()
        && window.stride().width() >= window.span().width();
  }

  /**
   * Returns whether all windows lie within the image; MaxUnpool rejects others, which ceil mode and
   * padding allow.
   */
  private boolean within(Window window) {
    Size2d covered = window.covered(output);
    return covered.height() <= image.size(1) && covered.width() <= image.size(2);
  }

  private static Tensor filled(Shape shape) {
    return Tensor.floats(
        shape,
        buffer -> {
          while (buffer.hasRemaining()) {
            buffer.put(1);
          }
        });
  }
}
