package dev.trifocal.backend.onnx;

import dev.trifocal.layer.Conv2d;
import dev.trifocal.layer.Padding;
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
 * The gradient of a convolution with respect to its weight, in standard ONNX operators. There are
 * several forms; this class alone chooses the fastest one for the shape, by rules measured on ONNX
 * Runtime.
 */
record ConvolutionWeightGradient(OnnxGraphBuilder onnx, Conv2d layer, Shape image, Shape output) {
  /**
   * The number of channels below which the copies of the matrix product forms cost more than they
   * save.
   */
  private static final int FEW_CHANNELS = 4;

  /** The forms of the computation. */
  enum Form {
    POINTWISE,
    SHIFTED_ROWS,
    FOLDED_ROWS,
    PATCHES,
    IM2COL,
    EXCHANGED_ROLES
  }

  /** Returns the fastest form for this layer. */
  Form fastest() {
    if (layer.groups() > 1 || image.size(0) < FEW_CHANNELS) {
      return Form.EXCHANGED_ROLES;
    }
    if (applies(Form.POINTWISE)) {
      return Form.POINTWISE;
    }
    if (im2Col().gathersFaster()) {
      return Form.IM2COL;
    }
    boolean fewZeroRows = 4 * image.size(1) <= 5 * output.size(1);
    boolean several = layer.window().kernel().height() > 1;
    if (!applies(Form.SHIFTED_ROWS) || !several || !fewZeroRows) {
      return Form.PATCHES;
    }
    return productsOutweighCopies() ? Form.FOLDED_ROWS : Form.SHIFTED_ROWS;
  }

  /**
   * Returns whether writing and adding up one product per sample takes more memory traffic than
   * {@link #foldedRows} takes for bringing the rows of all samples together.
   */
  private boolean productsOutweighCopies() {
    long kernelHeight = layer.window().kernel().height();
    long products = 2 * kernelHeight * layer.window().kernel().width() * image.size(0);
    long copies = (kernelHeight + 1) * image.size(1) * output.size(2);
    return products >= copies;
  }

  /** Returns whether a form is valid for this layer. */
  boolean applies(Form form) {
    return switch (form) {
      case POINTWISE -> layer.groups() == 1 && layer.window().equals(Window.square(1));
      case SHIFTED_ROWS, FOLDED_ROWS ->
          layer.groups() == 1 && layer.window().stride().height() == 1;
      case PATCHES -> layer.groups() == 1;
      case IM2COL -> im2Col().applies();
      case EXCHANGED_ROLES -> true;
    };
  }

  /**
   * Returns the gradient of the weight.
   *
   * @param x input {@code [N, C, H, W]}
   * @param dy gradient of the output {@code [N, O, H', W']}
   */
  String of(Form form, String x, String dy) {
    return switch (form) {
      case POINTWISE -> pointwise(x, dy);
      case SHIFTED_ROWS -> shiftedRows(x, dy);
      case FOLDED_ROWS -> foldedRows(x, dy);
      case PATCHES -> patches(x, dy);
      case IM2COL -> im2Col().weightGradient(x, dy);
      case EXCHANGED_ROLES -> exchangedRoles(x, dy);
    };
  }

  private Im2ColConvolution im2Col() {
    return new Im2ColConvolution(onnx, layer, image, output);
  }

  /** Computes one matrix product over all pixels of the batch; for 1x1 kernels. */
  private String pointwise(String x, String dy) {
    String pixels =
        onnx.node("Reshape", List.of(transpose(x, 0, 2, 3, 1), onnx.longs(-1, image.size(0))));
    String product = onnx.node("MatMul", List.of(filterRows(dy), pixels));
    return onnx.node("Reshape", List.of(product, onnx.longs(layer.filters(), image.size(0), 1, 1)));
  }

  /**
   * Computes one matrix product {@code [O, N*H'*W'] x [N*H'*W', kH*kW*C]}; the patch under each
   * output pixel is gathered from the input with channels last.
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

  /** Returns the index in the padded image for each output pixel and kernel element. */
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
   * Computes one matrix product {@code [O*kH, H*W'] x [H*W', kW*C]} per sample and sums over the
   * batch. Kernel columns are shifts of the input, and kernel rows are shifts of dy relative to the
   * rows of the input. Together they copy {@code kH + kW} maps, whereas {@link #patches} copies
   * {@code kH * kW}, and the matrices are closer to square.
   */
  private String shiftedRows(String x, String dy) {
    long pixels = (long) image.size(1) * output.size(2);
    long kernelHeight = layer.window().kernel().height();
    String products =
        onnx.node(
            "MatMul",
            List.of(
                reshape(rows(dy), -1, layer.filters() * kernelHeight, pixels),
                reshape(columns(x), -1, pixels, columnElements())));
    return fromRows(
        onnx.node("ReduceSum", List.of(products, onnx.longs(0)), Attribute.of("keepdims", 0L)));
  }

  /**
   * Computes one matrix product {@code [O*kH, N*H*W'] x [N*H*W', kW*C]}: as {@link #shiftedRows},
   * but the product itself sums over the batch, for which the rows are copied once more.
   */
  private String foldedRows(String x, String dy) {
    long kernelHeight = layer.window().kernel().height();
    String rows = transpose(rows(dy), 1, 2, 0, 3, 4);
    return fromRows(
        onnx.node(
            "MatMul",
            List.of(
                reshape(rows, layer.filters() * kernelHeight, -1),
                reshape(columns(x), -1, columnElements()))));
  }

  /** Returns the rows of dy under each kernel row, {@code [N, O, kH, H, W']}. */
  private String rows(String dy) {
    String withZeroRow = onnx.node("Pad", List.of(dy, onnx.longs(0, 0, 0, 0, 0, 0, 1, 0)));
    return onnx.node("Gather", List.of(withZeroRow, rowShifts()), Attribute.of("axis", 2L));
  }

  /** Returns the pixels of x under each kernel column, {@code [N, H, W', kW, C]}. */
  private String columns(String x) {
    Padding p = layer.window().padding();
    String pixelsFirst = transpose(x, 0, 2, 3, 1);
    String padded =
        p.left() == 0 && p.right() == 0
            ? pixelsFirst
            : onnx.node(
                "Pad", List.of(pixelsFirst, onnx.longs(0, 0, p.left(), 0, 0, 0, p.right(), 0)));
    return onnx.node("Gather", List.of(padded, columnShifts()), Attribute.of("axis", 2L));
  }

  private long columnElements() {
    return (long) layer.window().kernel().width() * image.size(0);
  }

  /** Returns the weight {@code [O, C, kH, kW]} for the product {@code [O*kH, kW*C]}. */
  private String fromRows(String product) {
    Window window = layer.window();
    return transpose(
        reshape(
            product,
            layer.filters(),
            window.kernel().height(),
            window.kernel().width(),
            image.size(0)),
        0,
        3,
        1,
        2);
  }

  /**
   * Returns {@code [W', kW]}: the column of the padded input for each output column and kernel
   * column.
   */
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
   * Returns {@code [kH, H]}: the row of dy for each kernel row and input row; H' is the index of
   * the zero row.
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

  /**
   * Convolves with batch and channels exchanged and dy as the kernel; strides and dilations are
   * exchanged as well. Slow for many channels, but always valid.
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

  /** Returns dy as {@code [O, N*H'*W']}. */
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
}
