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
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * A convolution as one matrix product over the whole batch: the patches under all output pixels,
 * {@code [N*H'*W', C*kH*kW]} (im2col), with the weight as it is, {@code [O, C*kH*kW]}.
 *
 * <p>ONNX Runtime's {@code Conv} multiplies image by image, and so reads the weight once for each.
 * Where the weight is large and the images are small, that takes longer than gathering the patches.
 */
record Im2ColConvolution(
    OnnxGraphBuilder onnx, Conv2d layer, Shape image, Shape output, int batch) {
  /**
   * Filters per output pixel of the whole batch from which gathering patches is faster than
   * bringing the weight into the layout NCHWc.
   */
  private static final int FILTERS_TO_LEAVE_BLOCKS = 8;

  /** Filters per output pixel from which gathering patches is faster than {@code Conv}. */
  private static final int FILTERS_TO_GATHER = 64;

  /** Filters per output pixel from which adding up patches is faster than turning the weight. */
  private static final int FILTERS_TO_SCATTER = 8;

  /** As {@link #FILTERS_TO_SCATTER}, for strides, whose alternative is {@code ConvTranspose}. */
  private static final int FILTERS_TO_SCATTER_STRIDED = 4;

  /** Returns whether the convolution can be computed in this way. */
  boolean applies() {
    return layer.groups() == 1;
  }

  /** Returns whether forms that leave the weight as it is are faster than the layout NCHWc. */
  boolean fasterThanBlocks() {
    if (!applies()) {
      return false;
    }
    long pixels = batch * outputPixels();
    return isPointwise()
        ? weightOutweighs(pixels)
        : layer.filters() >= FILTERS_TO_LEAVE_BLOCKS * pixels;
  }

  /** Returns whether a 1x1 weight has more elements than input and output of some pixels. */
  private boolean weightOutweighs(long pixels) {
    long filters = layer.filters();
    long channels = image.size(0);
    return channels * filters >= pixels * (channels + filters);
  }

  /**
   * Returns whether {@link #product} and {@link #weightGradient} are the fastest forms outside the
   * layout NCHWc.
   */
  boolean gathersFaster() {
    return applies() && layer.filters() >= FILTERS_TO_GATHER * outputPixels();
  }

  /** Returns whether {@link #inputGradient} is the fastest form outside the layout NCHWc. */
  boolean scattersFaster() {
    if (!applies()) {
      return false;
    }
    if (isPointwise()) {
      // Two transposes of maps instead of one of the weight.
      return weightOutweighs(outputPixels());
    }
    boolean single = layer.window().stride().area() == 1;
    return layer.filters()
        >= (single ? FILTERS_TO_SCATTER : FILTERS_TO_SCATTER_STRIDED) * outputPixels();
  }

  /**
   * Returns the output {@code [N, O, H', W']}.
   *
   * @param weight weight {@code [O, C, kH, kW]}
   */
  String product(String x, String weight, Optional<String> bias) {
    List<String> inputs =
        bias.map(name -> List.of(patches(x), rows(weight), name))
            .orElseGet(() -> List.of(patches(x), rows(weight)));
    String pixels = onnx.node("Gemm", inputs, Attribute.of("transB", 1L));
    return maps(pixels, output);
  }

  /**
   * Returns the gradient of the weight, {@code [O, C, kH, kW]}.
   *
   * @param dy gradient of the output {@code [N, O, H', W']}
   */
  String weightGradient(String x, String dy) {
    String product = onnx.node("Gemm", List.of(pixels(dy), patches(x)), Attribute.of("transA", 1L));
    Window window = layer.window();
    return reshape(
        product, layer.filters(), image.size(0), window.kernel().height(), window.kernel().width());
  }

  /**
   * Returns the gradient of the input, {@code [N, C, H, W]}: the gradients of all patches, added up
   * where patches overlap (col2im).
   */
  String inputGradient(String weight, String dy) {
    String patches = onnx.node("MatMul", List.of(pixels(dy), rows(weight)));
    if (isPointwise()) {
      return maps(patches, image);
    }
    Window window = layer.window();
    return onnx.node(
        "Col2Im",
        List.of(
            transpose(reshape(patches, -1, outputPixels(), patchElements()), 0, 2, 1),
            onnx.longs(image.size(1), image.size(2)),
            onnx.longs(window.kernel().height(), window.kernel().width())),
        Attribute.of("strides", window.stride().height(), window.stride().width()),
        Attribute.of("dilations", window.dilation().height(), window.dilation().width()),
        PoolGeometry.pads(window.padding()));
  }

  /** Returns the patch under each output pixel, {@code [N*H'*W', C*kH*kW]}. */
  private String patches(String x) {
    if (isPointwise()) {
      return reshape(transpose(x, 0, 2, 3, 1), -1, image.size(0));
    }
    Padding p = layer.window().padding();
    String padded =
        p.equals(Padding.NONE)
            ? x
            : onnx.node(
                "Pad",
                List.of(x, onnx.longs(0, 0, p.top(), p.left(), 0, 0, p.bottom(), p.right())));
    long elements = (long) image.size(0) * paddedHeight() * paddedWidth();
    String gathered =
        onnx.node(
            "Gather",
            List.of(reshape(padded, -1, elements), onnx.constant(patchIndices())),
            Attribute.of("axis", 1L));
    return reshape(gathered, -1, patchElements());
  }

  /** Returns the index in the padded image of each element of each patch. */
  private Tensor patchIndices() {
    Window window = layer.window();
    int width = window.kernel().width();
    int area = window.kernel().area();
    long[] indices =
        LongStream.range(0, outputPixels() * patchElements())
            .map(
                index -> {
                  int pixel = (int) (index / patchElements());
                  int element = (int) (index % patchElements());
                  int offset = element % area;
                  long row =
                      (long) pixel / output.size(2) * window.stride().height()
                          + (long) offset / width * window.dilation().height();
                  long column =
                      (long) pixel % output.size(2) * window.stride().width()
                          + (long) offset % width * window.dilation().width();
                  return (element / area * (long) paddedHeight() + row) * paddedWidth() + column;
                })
            .toArray();
    return Tensor.of(Shape.of((int) outputPixels(), (int) patchElements()), indices);
  }

  private boolean isPointwise() {
    return layer.window().equals(Window.square(1));
  }

  private int paddedHeight() {
    return image.size(1) + layer.window().padding().top() + layer.window().padding().bottom();
  }

  private int paddedWidth() {
    return image.size(2) + layer.window().padding().left() + layer.window().padding().right();
  }

  private long outputPixels() {
    return (long) output.size(1) * output.size(2);
  }

  private long patchElements() {
    return (long) image.size(0) * layer.window().kernel().area();
  }

  /** Returns the weight as {@code [O, C*kH*kW]}, without a copy. */
  private String rows(String weight) {
    return reshape(weight, layer.filters(), patchElements());
  }

  /** Returns dy as {@code [N*H'*W', O]}. */
  private String pixels(String dy) {
    return reshape(transpose(dy, 0, 2, 3, 1), -1, layer.filters());
  }

  /** Returns pixels {@code [N*H*W, C]} as maps {@code [N, C, H, W]}. */
  private String maps(String pixels, Shape shape) {
    return transpose(reshape(pixels, -1, shape.size(1), shape.size(2), shape.size(0)), 0, 3, 1, 2);
  }

  private String reshape(String value, long... sizes) {
    return onnx.node("Reshape", List.of(value, onnx.longs(sizes)));
  }

  private String transpose(String value, long... order) {
    return onnx.node("Transpose", List.of(value), Attribute.of("perm", order));
  }
}
