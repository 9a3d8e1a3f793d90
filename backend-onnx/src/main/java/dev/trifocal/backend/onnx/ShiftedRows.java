package dev.trifocal.backend.onnx;

import dev.trifocal.layer.Conv2d;
import dev.trifocal.layer.Padding;
import dev.trifocal.layer.Window;
import dev.trifocal.onnx.Attribute;
import dev.trifocal.onnx.OnnxGraphBuilder;
import dev.trifocal.shape.Shape;
import java.util.List;

/** The gradient of the weight of a convolution with vertical stride 1, from shifted rows. */
record ShiftedRows(
    OnnxGraphBuilder onnx, NchwcValues values, Conv2d layer, Shape image, Shape output) {

  /**
   * Returns the gradient as {@code [O*kH, kW*C]}: one matrix product per sample, summed over the
   * batch. Kernel columns are shifts of the input, and kernel rows are shifts of dy relative to the
   * rows of the input. Together they copy {@code kH + kW} maps, whereas gathering patches copies
   * {@code kH * kW}, and the matrices are closer to square.
   */
  String product(String x, String dy) {
    long pixels = (long) image.size(1) * output.size(2);
    long kernelHeight = layer.window().kernel().height();
    String products =
        onnx.node(
            "MatMul",
            List.of(
                reshape(rows(dy), -1, layer.filters() * kernelHeight, pixels),
                reshape(columns(x), -1, pixels, columnElements())));
    return onnx.node("ReduceSum", List.of(products, onnx.longs(0)), Attribute.of("keepdims", 0L));
  }

  /** Returns the rows of dy under each kernel row, {@code [N, O, kH, H, W']}. */
  private String rows(String dy) {
    String withZeroRow = onnx.node("Pad", List.of(dy, onnx.longs(0, 0, 0, 0, 0, 0, 1, 0)));
    return onnx.node("Gather", List.of(withZeroRow, rowShifts()), Attribute.of("axis", 2L));
  }

  /** Returns the pixels of x under each kernel column, {@code [N, H, W', kW, C]}. */
  private String columns(String x) {
    Padding p = layer.window().padding();
    String pixelsFirst = values.channelsLast(x, image.size(0));
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

  /**
   * Returns {@code [W', kW]}: the column of the padded input for each output column and kernel
   * column.
   */
  private String columnShifts() {
    Window window = layer.window();
    int kernel = window.kernel().width();
    return IndexTable.of(
        onnx,
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
    return IndexTable.of(
        onnx,
        window.kernel().height(),
        image.size(1),
        (element, row) -> {
          int met = row + window.padding().top() - element * window.dilation().height();
          return met >= 0 && met < output.size(1) ? met : output.size(1);
        });
  }

  private String reshape(String value, long... sizes) {
    return onnx.node("Reshape", List.of(value, onnx.longs(sizes)));
  }
}
