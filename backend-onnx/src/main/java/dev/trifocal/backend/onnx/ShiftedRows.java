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
   * Returns the gradient as {@code [O*kH, kW*C]}: one matrix product per sample, added up over the
   * batch. Kernel columns are shifts of the input, and kernel rows are shifts of dy relative to the
   * rows of the input. Together they copy {@code kH + kW} maps, whereas gathering patches copies
   * {@code kH * kW}, and the matrices are closer to square.
   */
  String product(String x, String dy) {
    long pixels = (long) image.size(1) * output.size(2);
    return new BatchSum(onnx, Shape.of(rowElements(), columnElements()))
        .of(
            List.of(
                new BatchSum.Operand(dy, output),
                new BatchSum.Operand(
                    values.channelsLast(x, image.size(0)),
                    Shape.of(image.size(1), image.size(2), image.size(0)))),
            (body, before, samples) ->
                body.node(
                    "Gemm",
                    List.of(
                        reshape(body, rows(body, samples.get(0)), rowElements(), pixels),
                        reshape(body, columns(body, samples.get(1)), pixels, columnElements()),
                        before)));
  }

  /** Returns the rows of dy under each kernel row, {@code [O, kH, H, W']}. */
  private String rows(OnnxGraphBuilder body, String dy) {
    String withZeroRow = body.node("Pad", List.of(dy, onnx.longs(0, 0, 0, 0, 1, 0)));
    return body.node("Gather", List.of(withZeroRow, rowShifts()), Attribute.of("axis", 1L));
  }

  /** Returns the pixels of x under each kernel column, {@code [H, W', kW, C]}. */
  private String columns(OnnxGraphBuilder body, String x) {
    Padding p = layer.window().padding();
    String padded =
        p.left() == 0 && p.right() == 0
            ? x
            : body.node("Pad", List.of(x, onnx.longs(0, p.left(), 0, 0, p.right(), 0)));
    return body.node("Gather", List.of(padded, columnShifts()), Attribute.of("axis", 1L));
  }

  private int rowElements() {
    return layer.filters() * layer.window().kernel().height();
  }

  private int columnElements() {
    return layer.window().kernel().width() * image.size(0);
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

  private String reshape(OnnxGraphBuilder body, String value, long... sizes) {
    return body.node("Reshape", List.of(value, onnx.longs(sizes)));
  }
}
