package dev.trifocal.backend.onnx;

import dev.trifocal.layer.Conv2d;
import dev.trifocal.layer.Padding;
import dev.trifocal.layer.Size2d;
import dev.trifocal.layer.Window;
import dev.trifocal.onnx.Attribute;
import dev.trifocal.onnx.OnnxGraphBuilder;
import dev.trifocal.onnx.PoolGeometry;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.util.List;
import java.util.function.IntBinaryOperator;
import java.util.stream.IntStream;

/**
 * Gradients of a convolution in plain ONNX operators. There are several forms of each; which is
 * fastest depends on the shape, and is chosen here alone, by rules measured on ONNX Runtime.
 */
record ConvolutionGradient(OnnxGraphBuilder onnx, Conv2d layer, Shape image, Shape output) {

  /** Below so many products per kernel element the gather of patches costs more than it saves. */
  private static final int FEW_CHANNELS = 4;

  /**
   * The gradient for the input.
   *
   * @param weight value of the weight {@code [O, C/g, kH, kW]}
   * @param dy value of the output's gradient {@code [N, O, H', W']}
   */
  String ofInput(String weight, String dy) {
    return flippable() ? flippedConvolution(weight, dy) : transposedConvolution(weight, dy);
  }

  /**
   * The gradient for the weight.
   *
   * @param x value of the input {@code [N, C, H, W]}
   */
  String ofWeight(String x, String dy) {
    boolean pointwise = layer.window().equals(Window.square(1)) && layer.groups() == 1;
    if (pointwise) {
      return ofPointwiseWeight(x, dy);
    }
    if (layer.groups() > 1 || image.size(0) < FEW_CHANNELS) {
      return exchangedRoles(x, dy);
    }
    return shiftable() ? shiftedRows(x, dy) : patches(x, dy);
  }

  /** The gradient for the bias. */
  String ofBias(String dy) {
    return onnx.node("ReduceSum", List.of(dy, onnx.longs(0, 2, 3)), Attribute.of("keepdims", 0L));
  }

  private boolean flippable() {
    Window window = layer.window();
    Padding padding = window.padding();
    int rows = window.dilation().height() * (window.kernel().height() - 1);
    int columns = window.dilation().width() * (window.kernel().width() - 1);
    boolean enoughChannels = layer.groups() == 1 && layer.filters() >= 2 * FEW_CHANNELS;
    boolean depthwise = layer.groups() == image.size(0) && layer.filters() == image.size(0);
    return window.stride().equals(Size2d.square(1))
        && (enoughChannels || depthwise)
        && Math.max(padding.top(), padding.bottom()) <= rows
        && Math.max(padding.left(), padding.right()) <= columns;
  }

  /** For stride 1: a convolution of dy with the kernels turned by half a circle. */
  private String flippedConvolution(String weight, String dy) {
    Window window = layer.window();
    int kernelHeight = window.kernel().height();
    int kernelWidth = window.kernel().width();
    String turned = weight;
    if (kernelHeight * kernelWidth > 1) {
      turned =
          onnx.node(
              "Slice",
              List.of(
                  weight,
                  onnx.longs(-1, -1),
                  onnx.longs(-kernelHeight - 1, -kernelWidth - 1),
                  onnx.longs(2, 3),
                  onnx.longs(-1, -1)));
    }
    if (layer.groups() == 1) {
      turned = transpose(turned, 1, 0, 2, 3);
    }
    Padding padding = window.padding();
    int rows = window.dilation().height() * (kernelHeight - 1);
    int columns = window.dilation().width() * (kernelWidth - 1);
    return onnx.node(
        "Conv",
        List.of(dy, turned),
        Attribute.of("kernel_shape", kernelHeight, kernelWidth),
        Attribute.of("dilations", window.dilation().height(), window.dilation().width()),
        Attribute.of("group", (long) layer.groups()),
        PoolGeometry.pads(
            new Padding(
                rows - padding.top(),
                columns - padding.left(),
                rows - padding.bottom(),
                columns - padding.right())));
  }

  private String transposedConvolution(String weight, String dy) {
    Window window = layer.window();
    Padding padding = window.padding();
    int rows =
        (output.size(1) - 1) * window.stride().height()
            + window.dilation().height() * (window.kernel().height() - 1)
            + 1;
    int columns =
        (output.size(2) - 1) * window.stride().width()
            + window.dilation().width() * (window.kernel().width() - 1)
            + 1;
    String full =
        onnx.node(
            "ConvTranspose",
            List.of(dy, weight),
            Attribute.of("kernel_shape", window.kernel().height(), window.kernel().width()),
            Attribute.of("strides", window.stride().height(), window.stride().width()),
            Attribute.of("dilations", window.dilation().height(), window.dilation().width()),
            Attribute.of("group", (long) layer.groups()));
    return fit(onnx, full, padding, rows, columns, image);
  }

  /** For 1x1 kernels: one product over all pixels of the batch. */
  private String ofPointwiseWeight(String x, String dy) {
    String pixels =
        onnx.node("Reshape", List.of(transpose(x, 0, 2, 3, 1), onnx.longs(-1, image.size(0))));
    String product = onnx.node("MatMul", List.of(filterRows(dy), pixels));
    return onnx.node("Reshape", List.of(product, onnx.longs(layer.filters(), image.size(0), 1, 1)));
  }

  /**
   * One product {@code [O, N*H'*W'] x [N*H'*W', kH*kW*C]}: the patches under each output pixel are
   * gathered from the channel-last input.
   */
  private String patches(String x, String dy) {
    Window window = layer.window();
    Padding p = window.padding();
    int channels = image.size(0);
    int height = image.size(1) + p.top() + p.bottom();
    int width = image.size(2) + p.left() + p.right();
    String padded =
        p.equals(Padding.NONE)
            ? x
            : onnx.node(
                "Pad",
                List.of(x, onnx.longs(0, 0, p.top(), p.left(), 0, 0, p.bottom(), p.right())));
    String pixels =
        onnx.node(
            "Reshape",
            List.of(
                transpose(padded, 0, 2, 3, 1), onnx.longs(-1, (long) height * width, channels)));
    String gathered =
        onnx.node("Gather", List.of(pixels, patchIndices(width)), Attribute.of("axis", 1L));
    int elements = window.kernel().height() * window.kernel().width();
    String rows =
        onnx.node("Reshape", List.of(gathered, onnx.longs(-1, (long) elements * channels)));
    String product = onnx.node("MatMul", List.of(filterRows(dy), rows));
    String split =
        onnx.node("Reshape", List.of(product, onnx.longs(layer.filters(), elements, channels)));
    return onnx.node(
        "Reshape",
        List.of(
            transpose(split, 0, 2, 1),
            onnx.longs(
                layer.filters(), channels, window.kernel().height(), window.kernel().width())));
  }

  /** Whether few products with zero rows are spent by {@link #shiftedRows}. */
  private boolean shiftable() {
    Window window = layer.window();
    return window.stride().height() == 1
        && window.kernel().height() > 1
        && 4 * image.size(1) <= 5 * output.size(1);
  }

  /**
   * Per sample one product {@code [O*kH, H*W'] x [H*W', kW*C]}, summed over the batch: kernel
   * columns are shifts of the input, kernel rows are shifts of dy against the input's rows. Both
   * together copy {@code kH + kW} maps where {@link #patches} copies {@code kH * kW}, and the
   * product is squarer.
   */
  private String shiftedRows(String x, String dy) {
    Window window = layer.window();
    Padding p = window.padding();
    long channels = image.size(0);
    long kernelHeight = window.kernel().height();
    long kernelWidth = window.kernel().width();
    long pixels = (long) image.size(1) * output.size(2);
    String pixelsFirst = transpose(x, 0, 2, 3, 1);
    String padded =
        p.left() == 0 && p.right() == 0
            ? pixelsFirst
            : onnx.node(
                "Pad", List.of(pixelsFirst, onnx.longs(0, 0, p.left(), 0, 0, 0, p.right(), 0)));
    String columns = onnx.node("Gather", List.of(padded, columnShifts()), Attribute.of("axis", 2L));
    String withZeroRow = onnx.node("Pad", List.of(dy, onnx.longs(0, 0, 0, 0, 0, 0, 1, 0)));
    String rows = onnx.node("Gather", List.of(withZeroRow, rowShifts()), Attribute.of("axis", 2L));
    String products =
        onnx.node(
            "MatMul",
            List.of(
                reshape(rows, -1, layer.filters() * kernelHeight, pixels),
                reshape(columns, -1, pixels, kernelWidth * channels)));
    String sum =
        onnx.node("ReduceSum", List.of(products, onnx.longs(0)), Attribute.of("keepdims", 0L));
    return transpose(
        reshape(sum, layer.filters(), kernelHeight, kernelWidth, channels), 0, 3, 1, 2);
  }

  /** {@code [W', kW]}: the padded input's column under each output column and kernel column. */
  private String columnShifts() {
    Window window = layer.window();
    int kernel = window.kernel().width();
    return table(
        output.size(2),
        kernel,
        (column, element) ->
            column * window.stride().width() + element * window.dilation().width());
  }

  /**
   * {@code [kH, H]}: dy's row that meets each input row at a kernel row; H' is the row of zeros.
   */
  private String rowShifts() {
    Window window = layer.window();
    return table(
        window.kernel().height(),
        image.size(1),
        (element, row) -> {
          int met = row + window.padding().top() - element * window.dilation().height();
          return met >= 0 && met < output.size(1) ? met : output.size(1);
        });
  }

  private String table(int rows, int columns, IntBinaryOperator entry) {
    long[] entries =
        IntStream.range(0, rows * columns)
            .mapToLong(i -> entry.applyAsInt(i / columns, i % columns))
            .toArray();
    return onnx.constant(Tensor.of(Shape.of(rows, columns), entries));
  }

  /** For each output pixel and kernel element, where in the padded image it lies. */
  private String patchIndices(int paddedWidth) {
    Window window = layer.window();
    int outputWidth = output.size(2);
    int kernelWidth = window.kernel().width();
    return table(
        output.size(1) * outputWidth,
        window.kernel().height() * kernelWidth,
        (pixel, element) -> {
          int row =
              pixel / outputWidth * window.stride().height()
                  + element / kernelWidth * window.dilation().height();
          int column =
              pixel % outputWidth * window.stride().width()
                  + element % kernelWidth * window.dilation().width();
          return row * paddedWidth + column;
        });
  }

  /**
   * A convolution in which batch and channels have changed places and dy is the kernel; strides and
   * dilations change places too. Slow on many channels, but right for all.
   */
  private String exchangedRoles(String x, String dy) {
    Window window = layer.window();
    int groups = layer.groups();
    int channels = image.size(0) / groups;
    String input = transpose(x, 1, 0, 2, 3);
    if (groups > 1) {
      input =
          onnx.node(
              "Reshape",
              List.of(
                  input, onnx.longs(groups, channels, -1, (long) image.size(1) * image.size(2))));
      input =
          onnx.node(
              "Reshape",
              List.of(
                  transpose(input, 1, 0, 2, 3),
                  onnx.longs(channels, -1, image.size(1), image.size(2))));
    }
    String full =
        onnx.node(
            "Conv",
            List.of(input, transpose(dy, 1, 0, 2, 3)),
            Attribute.of("kernel_shape", output.size(1), output.size(2)),
            Attribute.of("strides", window.dilation().height(), window.dilation().width()),
            Attribute.of("dilations", window.stride().height(), window.stride().width()),
            Attribute.of("group", (long) groups),
            PoolGeometry.pads(window.padding()));
    String cut =
        onnx.node(
            "Slice",
            List.of(
                full,
                onnx.longs(0, 0),
                onnx.longs(window.kernel().height(), window.kernel().width()),
                onnx.longs(2, 3)));
    return transpose(cut, 1, 0, 2, 3);
  }

  /** dy as {@code [O, N*H'*W']}. */
  private String filterRows(String dy) {
    return onnx.node(
        "Reshape", List.of(transpose(dy, 1, 0, 2, 3), onnx.longs(layer.filters(), -1)));
  }

  private String reshape(String value, long... sizes) {
    return onnx.node("Reshape", List.of(value, onnx.longs(sizes)));
  }

  private String transpose(String value, long... order) {
    return onnx.node("Transpose", List.of(value), Attribute.of("perm", order));
  }

  /** Cuts {@code before} off the start of both axes, and cuts or fills their ends to the image. */
  static String fit(
      OnnxGraphBuilder onnx, String full, Padding before, int rows, int columns, Shape image) {
    int bottom = image.size(1) + before.top() - rows;
    int right = image.size(2) + before.left() - columns;
    if (before.top() == 0 && before.left() == 0 && bottom == 0 && right == 0) {
      return full;
    }
    return onnx.node(
        "Pad", List.of(full, onnx.longs(0, 0, -before.top(), -before.left(), 0, 0, bottom, right)));
  }
}
