package dev.trifocal.backend.djl;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.trifocal.layer.ConvTranspose2d;
import dev.trifocal.layer.Window;

/**
 * A transposed convolution, which DJL does not expose, composed of ordinary ones. Output rows whose
 * distance is a multiple of the stride use the same taps of the kernel; each such phase is a
 * convolution of stride 1 with these taps, and the phases are interleaved. The number of
 * multiplications is that of {@code ConvTranspose2d}.
 */
final class TransposedConvolution {
  private final ConvTranspose2d layer;
  private final NodeContext context;
  private final int[] kernel;
  private final int[] counts = new int[2];

  private TransposedConvolution(ConvTranspose2d layer, NodeContext context) {
    Window window = layer.window();
    this.layer = layer;
    this.context = context;
    this.kernel = new int[] {window.kernel().height(), window.kernel().width()};
    counts[0] = count(window.padding().top(), context.node().shape().size(1), stride(0));
    counts[1] = count(window.padding().left(), context.node().shape().size(2), stride(1));
  }

  static PtNDArray of(ConvTranspose2d layer, NodeContext context) {
    TransposedConvolution all = new TransposedConvolution(layer, context);
    PtNDArray output = all.cropped(all.interleaved());
    return layer.bias() ? JniUtils.add(output, context.channels("bias")) : output;
  }

  private PtNDArray interleaved() {
    PtNDArray[] rows = new PtNDArray[stride(0)];
    for (int row = 0; row < rows.length; row++) {
      PtNDArray[] columns = new PtNDArray[stride(1)];
      for (int column = 0; column < columns.length; column++) {
        columns[column] =
            phase(
                KernelTaps.of(row, kernel[0], stride(0), layer.window().dilation().height()),
                KernelTaps.of(column, kernel[1], stride(1), layer.window().dilation().width()));
      }
      rows[row] = interleave(columns, 4, counts[0], counts[1] * stride(1));
    }
    return interleave(rows, 3, counts[0] * stride(0), counts[1] * stride(1));
  }

  /**
   * Returns one phase of the output, {@code [N, filters, counts]}: every {@code stride}th row and
   * column.
   */
  private PtNDArray phase(KernelTaps rows, KernelTaps columns) {
    PtNDArray image = context.input();
    Shape shape = image.getShape();
    if (rows.count() == 0 || columns.count() == 0) {
      return JniUtils.createZerosNdArray(
          image.getManager(),
          new Shape(shape.get(0), layer.filters(), counts[0], counts[1]),
          DataType.FLOAT32,
          image.getDevice(),
          SparseFormat.DENSE);
    }
    int top = rows.padding();
    int left = columns.padding();
    int bottom = counts[0] + rows.reach() - (int) shape.get(2) - top;
    int right = counts[1] + columns.reach() - (int) shape.get(3) - left;
    return JniUtils.convolution(
        JniUtils.pad(image, new long[] {left, right, top, bottom}, 0),
        turned(rows, columns),
        null,
        new Shape(1, 1),
        WindowGeometry.NO_PADDING,
        new Shape(rows.dilation(), columns.dilation()),
        layer.groups());
  }

  /** Returns the taps of a phase in reverse order, as {@code [filters, C / groups, kH, kW]}. */
  private PtNDArray turned(KernelTaps rows, KernelTaps columns) {
    PtNDArray weight = context.parameter("weight");
    long channels = weight.getShape().get(0) / layer.groups();
    long filters = weight.getShape().get(1);
    PtNDArray taken = JniUtils.slice(weight, 2, rows.first(), kernel[0], rows.step());
    taken = JniUtils.slice(taken, 3, columns.first(), kernel[1], columns.step());
    PtNDArray grouped =
        JniUtils.reshape(
            JniUtils.flip(taken, new long[] {2, 3}),
            new long[] {layer.groups(), channels, filters, rows.count(), columns.count()});
    return JniUtils.reshape(
        JniUtils.permute(grouped, new long[] {0, 2, 1, 3, 4}),
        new long[] {layer.filters(), channels, rows.count(), columns.count()});
  }

  private PtNDArray interleave(PtNDArray[] phases, int axis, int height, int width) {
    return phases.length == 1
        ? phases[0]
        : JniUtils.reshape(
            JniUtils.stack(phases, axis), new long[] {-1, layer.filters(), height, width});
  }

  private PtNDArray cropped(PtNDArray full) {
    int top = layer.window().padding().top();
    int left = layer.window().padding().left();
    PtNDArray rows = JniUtils.slice(full, 2, top, top + context.node().shape().size(1), 1);
    return JniUtils.slice(rows, 3, left, left + context.node().shape().size(2), 1);
  }

  private int stride(int axis) {
    return axis == 0 ? layer.window().stride().height() : layer.window().stride().width();
  }

  /**
   * Returns the number of rows per phase, so that all phases together reach the end of the output.
   */
  static int count(int before, int size, int stride) {
    return (before + size + stride - 1) / stride;
  }
}
