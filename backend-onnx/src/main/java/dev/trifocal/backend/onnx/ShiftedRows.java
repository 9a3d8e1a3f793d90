package dev.trifocal.backend.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import dev.trifocal.layer.Conv2d;
import dev.trifocal.layer.Padding;
import dev.trifocal.layer.Window;
import dev.trifocal.onnx.Attribute;
import dev.trifocal.onnx.OnnxGraphBuilder;
import dev.trifocal.shape.Shape;
import java.util.List;
import java.util.Map;

/** The gradient of the weight of a convolution with vertical stride 1, from shifted rows. */
record ShiftedRows(
    OnnxGraphBuilder onnx, NchwcValues values, Conv2d layer, Shape image, Shape output) {

  /**
   * Returns the gradient as {@code [O*kH, kW*C]}: one matrix product per sample, added up over the
   * batch. Kernel columns are shifts of the input, and kernel rows are shifts of dy relative to the
   * rows of the input. Together they copy {@code kH + kW} maps, whereas gathering patches copies
   * {@code kH * kW}, and the matrices are closer to square. ONNX Runtime scans over the batch, so
   * that it keeps the copies and the product of one sample at a time.
   */
  String product(String x, String dy) {
    Shape sum = Shape.of(Math.toIntExact(rowElements()), Math.toIntExact(columnElements()));
    String zero = zero(dy, sum);
    return onnx.node(
        "Scan",
        List.of(zero, dy, values.channelsLast(x, image.size(0))),
        Attribute.of("body", sampleAddition(zero + "/sample", sum)),
        Attribute.of("num_scan_inputs", 2L));
  }

  /**
   * Returns zeros. They seem to depend on the batch size, or ONNX Runtime would keep them as a
   * constant.
   */
  private String zero(String dy, Shape sum) {
    String batch =
        onnx.node("Shape", List.of(dy), Attribute.of("start", 0L), Attribute.of("end", 1L));
    String nothing = onnx.node("Mul", List.of(batch, onnx.longs(0)));
    String sizes = onnx.node("Add", List.of(nothing, onnx.longs(sum.toLongs())));
    return onnx.node("ConstantOfShape", List.of(sizes));
  }

  /**
   * Returns the body of the scan, which adds the product of one sample to the sum. Of the values
   * around it, it reads constants only.
   *
   * @param scope prefix of its names, which must differ from those of the values around it
   */
  private GraphProto sampleAddition(String scope, Shape sum) {
    OnnxGraphBuilder body = new OnnxGraphBuilder("sample", StepCompiler.OPSET);
    body.scope(scope);
    String before = body.input(scope + "/before", sum);
    String dy = body.input(scope + "/dy", output);
    String x = body.input(scope + "/x", Shape.of(image.size(1), image.size(2), image.size(0)));
    long pixels = (long) image.size(1) * output.size(2);
    String after =
        body.node(
            "Gemm",
            List.of(
                reshape(body, rows(body, dy), rowElements(), pixels),
                reshape(body, columns(body, x), pixels, columnElements()),
                before));
    body.output(scope + "/after", after, sum);
    return body.build(Map.of()).getGraph();
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

  private long rowElements() {
    return (long) layer.filters() * layer.window().kernel().height();
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

  private String reshape(OnnxGraphBuilder body, String value, long... sizes) {
    return body.node("Reshape", List.of(value, onnx.longs(sizes)));
  }
}
