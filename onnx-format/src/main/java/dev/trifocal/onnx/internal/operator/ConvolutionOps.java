package dev.trifocal.onnx.internal.operator;

import static dev.trifocal.layer.Layer.conv;
import static dev.trifocal.layer.Layer.convTranspose;

import dev.trifocal.error.GraphException;
import dev.trifocal.layer.Conv2d;
import dev.trifocal.layer.ConvTranspose2d;
import dev.trifocal.layer.Padding;
import dev.trifocal.layer.Size2d;
import dev.trifocal.layer.Window;
import dev.trifocal.onnx.internal.operand.DataValue;
import dev.trifocal.onnx.internal.operand.LayerFusion;
import dev.trifocal.onnx.internal.operand.NodeCall;
import dev.trifocal.onnx.internal.operand.Operand;
import dev.trifocal.onnx.internal.operand.Operator;
import dev.trifocal.onnx.internal.operand.PendingNode;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Convolutions over images. */
final class ConvolutionOps {
  private ConvolutionOps() {}

  static List<Operator> operators() {
    return List.of(
        Operator.of(
            "Conv",
            List.of(1, 11, 22),
            "Conv2d; a preceding zero Pad and a following Add of one number per channel are merged into it",
            "Two spatial axes, or one, which becomes an image of one row; the weights must be constant. Version 11 defines the default strides, 22 adds bfloat16.",
            ConvolutionOps::conv2d),
        Operator.of(
            "ConvTranspose",
            List.of(1, 11, 22),
            "ConvTranspose2d",
            "Like Conv. output_shape is converted to the equivalent padding.",
            ConvolutionOps::convTranspose2d));
  }

  private static Operand conv2d(NodeCall call) {
    PendingNode image = image(call);
    Tensor weight = weight(call);
    Window window = new WindowAttributes(call.node()).window(kernel(call, weight), image.shape());
    if (image.shortcut().orElse(null) instanceof LayerFusion.Padded padded) {
      image = padded.bare();
      window = window.padding(sum(padded.padding(), window.padding()));
    }
    int groups = WindowAttributes.number(call.node().integer("group", 1));
    requireChannels(weight.shape().size(1), image.shape().size(0), groups);
    Conv2d layer = conv(weight.shape().size(0), 1).window(window).groups(groups);
    return asRead(call, new BiasedLayer(call, weight, layer, layer.withoutBias(), image).flow());
  }

  /** Restores the axes of the node's input. */
  private static Operand asRead(NodeCall call, DataValue image) {
    return call.data(0).rank() == 3 ? DataValue.of(OneDimensionalData.line(image.piece())) : image;
  }

  private static Padding sum(Padding a, Padding b) {
    return new Padding(
        a.top() + b.top(), a.left() + b.left(), a.bottom() + b.bottom(), a.right() + b.right());
  }

  private static Operand convTranspose2d(NodeCall call) {
    PendingNode image = image(call);
    Tensor weight = weight(call);
    int groups = WindowAttributes.number(call.node().integer("group", 1));
    long[] kernel = kernel(call, weight);
    int filters = Math.multiplyExact(weight.shape().size(1), groups);
    WindowAttributes reading = new WindowAttributes(call.node());
    Size2d surplus =
        WindowAttributes.size(
            "output_padding", reading.of("output_padding", call.data(0).rank() == 3, 0));
    Window window = reading.window(kernel, image.shape());
    ConvTranspose2d layer =
        convTranspose(filters, 1).window(window).groups(groups).outputPadding(surplus);
    ConvTranspose2d fitted = fitted(call, layer, image.shape());
    requireChannels(weight.shape().size(0), image.shape().size(0), 1);
    return asRead(call, new BiasedLayer(call, weight, fitted, fitted.withoutBias(), image).flow());
  }

  /**
   * Returns a layer with the padding that yields the requested output size; {@code auto_pad}
   * determines the side of an odd row.
   */
  private static ConvTranspose2d fitted(NodeCall call, ConvTranspose2d layer, Shape image) {
    String automatic = call.node().text("auto_pad", "NOTSET");
    Optional<Size2d> wanted =
        call.node().has("output_shape") || automatic.startsWith("SAME")
            ? Optional.of(wanted(call, layer.window().stride(), image))
            : Optional.empty();
    if (wanted.isEmpty()) {
      return layer;
    }
    ConvTranspose2d bare = layer.window(layer.window().padding(Padding.NONE));
    Shape full = bare.outputShape(List.of(image));
    int rows = full.size(1) - wanted.get().height();
    int columns = full.size(2) - wanted.get().width();
    if (!call.node().has("output_shape") && (rows < 0 || columns < 0)) {
      throw new GraphException(
          "has auto_pad %s and a stride larger than its kernel, on which runtimes disagree"
              .formatted(automatic));
    }
    Size2d more = layer.outputPadding();
    ConvTranspose2d longer =
        bare.outputPadding(
            new Size2d(more.height() + Math.max(0, -rows), more.width() + Math.max(0, -columns)));
    boolean upper = automatic.equals("SAME_UPPER");
    int top = before(rows, upper);
    int left = before(columns, upper);
    return longer.window(
        bare.window()
            .padding(new Padding(top, left, Math.max(0, rows) - top, Math.max(0, columns) - left)));
  }

  private static int before(int total, boolean upper) {
    int all = Math.max(0, total);
    return upper ? all / 2 : all - all / 2;
  }

  private static Size2d wanted(NodeCall call, Size2d stride, Shape image) {
    if (!call.node().has("output_shape")) {
      return new Size2d(
          Math.multiplyExact(image.size(1), stride.height()),
          Math.multiplyExact(image.size(2), stride.width()));
    }
    long[] given =
        new WindowAttributes(call.node()).of("output_shape", call.data(0).rank() == 3, 1);
    return WindowAttributes.size("output_shape", given);
  }

  private static PendingNode image(NodeCall call) {
    int rank = call.data(0).rank();
    if (rank != 4 && rank != 3) {
      throw new GraphException(
          "has %d axes; Trifocal's convolutions are over height and width".formatted(rank));
    }
    return OneDimensionalData.image(call.piece(0));
  }

  /** Returns the weights as {@code [out, in, kH, kW]}. */
  private static Tensor weight(NodeCall call) {
    Tensor given = call.numbers(1).tensor();
    if (given.shape().rank() != call.data(0).rank()) {
      throw new GraphException("has weights of the wrong rank: " + given);
    }
    Shape shape = given.shape();
    return shape.rank() == 4
        ? given
        : given.reshape(Shape.of(shape.size(0), shape.size(1), 1, shape.size(2)));
  }

  /** Returns the kernel size with as many axes as the node's attributes. */
  private static long[] kernel(NodeCall call, Tensor weight) {
    boolean line = call.data(0).rank() == 3;
    long[] kernel = {weight.shape().size(2), weight.shape().size(3)};
    long[] given = line ? new long[] {kernel[1]} : kernel;
    if (!Arrays.equals(call.node().integers("kernel_shape", given), given)) {
      throw new GraphException("kernel_shape does not match the weights " + weight);
    }
    return given;
  }

  private static void requireChannels(int weight, int image, int groups) {
    if ((long) weight * groups != image) {
      throw new GraphException(
          "expects %d channels, but its input has %d".formatted(weight * groups, image));
    }
  }
}
