package dev.trifocal.backend.onnx;

import dev.trifocal.layer.Conv2d;
import dev.trifocal.layer.Padding;
import dev.trifocal.layer.Size2d;
import dev.trifocal.layer.Window;
import dev.trifocal.onnx.Attribute;
import dev.trifocal.onnx.OnnxGraphBuilder;
import dev.trifocal.onnx.PoolGeometry;
import dev.trifocal.shape.Shape;
import java.util.List;

/**
 * The gradient of a convolution with respect to its weight. There are several forms; this class
 * alone chooses the fastest one for the shape and the layout of the values and the batch size, by
 * rules measured on ONNX Runtime.
 */
record ConvolutionWeightGradient(
    OnnxGraphBuilder onnx, NchwcValues values, Conv2d layer, Shape image, Shape output, int batch) {
  /** The number of channels below which gathering their values one by one is slow. */
  private static final int FEW_CHANNELS = 4;

  /**
   * The time of adding an element of one sample's product to the sum, in copies of an element into
   * one matrix for the batch.
   */
  private static final int PRODUCT_TO_COPY = 3;

  /** The elements that all samples add to the sum below which that costs little. */
  private static final int CACHED_PRODUCTS = 1 << 17;

  /** The forms of the computation. */
  enum Form {
    POINTWISE,
    POINTWISE_PER_SAMPLE,
    NCHWC_POINTWISE,
    NCHWC_DEPTHWISE,
    PATCH_MAPS,
    SHIFTED_ROWS,
    PATCHES,
    IM2COL,
    EXCHANGED_ROLES
  }

  /**
   * Returns the fastest form for this layer.
   *
   * @param x input
   * @param dy gradient of the output
   */
  Form fastest(String x, String dy) {
    if (applies(Form.NCHWC_DEPTHWISE)) {
      return Form.NCHWC_DEPTHWISE;
    }
    if (layer.groups() > 1) {
      return Form.EXCHANGED_ROLES;
    }
    if (applies(Form.POINTWISE)) {
      return fastestPointwise(x, dy);
    }
    if (image.size(0) < FEW_CHANNELS) {
      return Form.PATCH_MAPS;
    }
    boolean blocks = values.fit(image.size(0));
    if (blocks ? im2Col().fasterThanBlocks() : im2Col().gathersFaster()) {
      return Form.IM2COL;
    }
    boolean fewZeroRows = 4 * image.size(1) <= 5 * output.size(1);
    boolean several = layer.window().kernel().height() > 1;
    return applies(Form.SHIFTED_ROWS) && several && fewZeroRows && patchesMoveMore()
        ? Form.SHIFTED_ROWS
        : Form.PATCHES;
  }

  /**
   * Returns whether gathering all patches moves more memory than gathering rows and columns, and
   * adding up the products of the samples.
   */
  private boolean patchesMoveMore() {
    long channels = image.size(0);
    long filters = layer.filters();
    long height = layer.window().kernel().height();
    long width = layer.window().kernel().width();
    long pixels = (long) image.size(1) * output.size(2);
    long patches = height * width * channels * pixels;
    long rowsAndColumns = (height * filters + width * channels) * pixels;
    long products = 2 * height * width * filters * channels;
    return patches > rowsAndColumns + products;
  }

  private Form fastestPointwise(String x, String dy) {
    long channels = image.size(0);
    long pixels = (long) image.size(1) * image.size(2);
    boolean smallProducts =
        batch * channels * layer.filters() < CACHED_PRODUCTS
            || PRODUCT_TO_COPY * channels * layer.filters()
                <= pixels * (channels + layer.filters());
    if (!smallProducts) {
      return Form.POINTWISE;
    }
    return nchwc().pointwiseInBlocks() && values.has(nchwc().filtersInBlocks() ? dy : x)
        ? Form.NCHWC_POINTWISE
        : Form.POINTWISE_PER_SAMPLE;
  }

  /** Returns whether a form is valid for this layer. */
  boolean applies(Form form) {
    return switch (form) {
      case POINTWISE, POINTWISE_PER_SAMPLE -> nchwc().pointwise();
      case NCHWC_POINTWISE -> nchwc().pointwiseInBlocks();
      case NCHWC_DEPTHWISE -> nchwc().depthwise();
      case SHIFTED_ROWS -> layer.groups() == 1 && layer.window().stride().height() == 1;
      case PATCH_MAPS, PATCHES -> layer.groups() == 1;
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
      case POINTWISE, POINTWISE_PER_SAMPLE, NCHWC_POINTWISE -> asWeight(pointwise(form, x, dy));
      case NCHWC_DEPTHWISE -> nchwc().depthwiseWeightGradient(x, dy);
      case SHIFTED_ROWS ->
          channelsFirst(new ShiftedRows(onnx, values, layer, image, output).product(x, dy));
      case PATCH_MAPS -> patchMaps(x, dy);
      case PATCHES -> patches(x, dy);
      case IM2COL -> im2Col().weightGradient(x, dy);
      case EXCHANGED_ROLES -> exchangedRoles(x, dy);
    };
  }

  private Im2ColConvolution im2Col() {
    return new Im2ColConvolution(onnx, layer, image, output, batch);
  }

  /** Returns the gradient of 1x1 kernels in any shape that lists them by filter and channel. */
  private String pointwise(Form form, String x, String dy) {
    return switch (form) {
      case POINTWISE_PER_SAMPLE -> sampleProducts(x, dy);
      case NCHWC_POINTWISE -> nchwc().pointwiseWeightGradient(x, dy);
      default -> pixelProduct(x, dy);
    };
  }

  /** Reshapes to {@code [O, C/g, kH, kW]}. */
  private String asWeight(String value) {
    Size2d kernel = layer.window().kernel();
    return reshape(
        value, layer.filters(), image.size(0) / layer.groups(), kernel.height(), kernel.width());
  }

  private NchwcConvolution nchwc() {
    return new NchwcConvolution(onnx, values, layer, image, output);
  }

  /** Computes one matrix product over all pixels of the batch; for 1x1 kernels. */
  private String pixelProduct(String x, String dy) {
    String pixels = reshape(channelsLast(x), -1, image.size(0));
    return onnx.node("MatMul", List.of(filterRows(dy), pixels));
  }

  /** Adds up one matrix product per sample; for 1x1 kernels. */
  private String sampleProducts(String x, String dy) {
    int pixels = image.size(1) * image.size(2);
    return new BatchSum(onnx, Shape.of(layer.filters(), image.size(0)))
        .of(
            List.of(
                new BatchSum.Operand(
                    reshape(dy, -1, layer.filters(), pixels), Shape.of(layer.filters(), pixels)),
                new BatchSum.Operand(
                    reshape(x, -1, image.size(0), pixels), Shape.of(image.size(0), pixels))),
            (body, before, samples) ->
                body.node(
                    "Gemm",
                    List.of(samples.get(0), samples.get(1), before),
                    Attribute.of("transB", 1L)));
  }

  /** Computes the gradient of 1x1 kernels over {@link PatchMaps}; for few channels. */
  private String patchMaps(String x, String dy) {
    PatchMaps maps = new PatchMaps(onnx, layer, image.size(0));
    String patches = maps.of(x);
    ConvolutionWeightGradient pointwise =
        new ConvolutionWeightGradient(
            onnx,
            values,
            layer.window(Window.square(1)),
            Shape.of(maps.count(), output.size(1), output.size(2)),
            output,
            batch);
    // Reshaped once: ONNX Runtime would merge two Reshape nodes into one that it runs too early.
    return asWeight(pointwise.pointwise(pointwise.fastestPointwise(patches, dy), patches, dy));
  }

  private String channelsLast(String x) {
    return values.channelsLast(x, image.size(0));
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
    String pixelsFirst = channelsLast(x);
    String padded =
        p.equals(Padding.NONE)
            ? pixelsFirst
            : onnx.node(
                "Pad",
                List.of(
                    pixelsFirst, onnx.longs(0, p.top(), p.left(), 0, 0, p.bottom(), p.right(), 0)));
    String pixels = reshape(padded, -1, (long) height * width, channels);
    String gathered =
        onnx.node("Gather", List.of(pixels, patchIndices(width)), Attribute.of("axis", 1L));
    int elements = window.kernel().height() * window.kernel().width();
    String rows =
        onnx.node("Reshape", List.of(gathered, onnx.longs(-1, (long) elements * channels)));
    String product = onnx.node("MatMul", List.of(filterRows(dy), rows));
    return channelsFirst(product);
  }

  /** Returns the index in the padded image for each output pixel and kernel element. */
  private String patchIndices(int paddedWidth) {
    Window window = layer.window();
    int outputWidth = output.size(2);
    int kernelWidth = window.kernel().width();
    return IndexTable.of(
        onnx,
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

  /** Returns {@code [O, C, kH, kW]} for {@code [O, kH, kW, C]}. */
  private String channelsFirst(String rows) {
    int height = layer.window().kernel().height();
    int width = layer.window().kernel().width();
    int channels = image.size(0);
    if (!values.fit(channels)) {
      return transpose(reshape(rows, layer.filters(), height, width, channels), 0, 3, 1, 2);
    }
    // In two steps, each of which moves whole blocks; ten times as fast as the one above.
    String blocks =
        transpose(
            reshape(
                rows,
                layer.filters(),
                (long) height * width,
                channels / values.block(),
                values.block()),
            0,
            2,
            1,
            3);
    return onnx.node(
        NchwcValues.DOMAIN,
        "ReorderOutput",
        List.of(reshape(blocks, layer.filters(), channels, height, width)),
        Attribute.of("channels", (long) channels));
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
