package dev.trifocal.onnx.operator;

import static dev.trifocal.layer.Layer.conv;
import static dev.trifocal.layer.Layer.convTranspose;

import dev.trifocal.error.GraphException;
import dev.trifocal.layer.Conv2d;
import dev.trifocal.layer.ConvTranspose2d;
import dev.trifocal.layer.Padding;
import dev.trifocal.layer.Size2d;
import dev.trifocal.layer.Window;
import dev.trifocal.onnx.operand.Call;
import dev.trifocal.onnx.operand.Flow;
import dev.trifocal.onnx.operand.Operand;
import dev.trifocal.onnx.operand.Operator;
import dev.trifocal.onnx.operand.Piece;
import dev.trifocal.onnx.operand.Shortcut;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/** Convolutions of images. */
interface Convolutions {
  static List<Operator> operators() {
    return List.of(
        Operator.of(
            "Conv",
            List.of(1, 11, 22),
            "Conv2d; a Pad of zeros before it and an Add of one number per channel after it are merged into it",
            "Height and width only; the weights must be constant. Version 11 says what absent strides are, 22 adds bfloat16.",
            Convolutions::conv2d),
        Operator.of(
            "ConvTranspose",
            List.of(1, 11, 22),
            "ConvTranspose2d",
            "As Conv. output_shape is read as the padding that it stands for.",
            Convolutions::convTranspose2d));
  }

  private static Operand conv2d(Call call) {
    Piece image = image(call);
    Tensor weight = call.numbers(1).tensor();
    Window window = new WindowReading(call.node()).window(kernel(call, weight), image.shape());
    if (image.shortcut().orElse(null) instanceof Shortcut.Padded padded) {
      image = padded.bare();
      window = window.padding(sum(padded.padding(), window.padding()));
    }
    int groups = WindowReading.number(call.node().integer("group", 1));
    requireChannels(weight.shape().size(1), image.shape().size(0), groups);
    Conv2d layer = conv(weight.shape().size(0), 1).window(window).groups(groups);
    return new Biased(call, weight, layer, layer.withoutBias(), image).operand();
  }

  private static Padding sum(Padding a, Padding b) {
    return new Padding(
        a.top() + b.top(), a.left() + b.left(), a.bottom() + b.bottom(), a.right() + b.right());
  }

  private static Operand convTranspose2d(Call call) {
    Piece image = image(call);
    Tensor weight = call.numbers(1).tensor();
    int groups = WindowReading.number(call.node().integer("group", 1));
    int filters = Math.multiplyExact(weight.shape().size(1), groups);
    Size2d surplus =
        WindowReading.size("output_padding", call.node().integers("output_padding", 0, 0));
    Window window = new WindowReading(call.node()).window(kernel(call, weight), image.shape());
    ConvTranspose2d layer =
        convTranspose(filters, 1).window(window).groups(groups).outputPadding(surplus);
    ConvTranspose2d fitted = fitted(call, layer, image.shape());
    requireChannels(weight.shape().size(0), image.shape().size(0), 1);
    return new Biased(call, weight, fitted, fitted.withoutBias(), image).operand();
  }

  /** The padding that an output of the size asked for needs, the odd row where auto_pad says. */
  private static ConvTranspose2d fitted(Call call, ConvTranspose2d layer, Shape image) {
    long[] wanted = call.node().integers("output_shape");
    String automatic = call.node().text("auto_pad", "NOTSET");
    boolean same = automatic.startsWith("SAME");
    if (wanted.length == 0 && !same) {
      return layer;
    }
    Size2d stride = layer.window().stride();
    long[] size =
        wanted.length == 0
            ? new long[] {
              (long) image.size(1) * stride.height(), (long) image.size(2) * stride.width()
            }
            : wanted;
    Shape full = layer.window(layer.window().padding(Padding.NONE)).outputShape(List.of(image));
    if (size.length != 2 || size[0] > full.size(1) || size[1] > full.size(2)) {
      throw new GraphException("wants an output larger than its kernel reaches");
    }
    int rows = (int) (full.size(1) - size[0]);
    int columns = (int) (full.size(2) - size[1]);
    boolean upper = automatic.equals("SAME_UPPER");
    int top = upper ? rows / 2 : rows - rows / 2;
    int left = upper ? columns / 2 : columns - columns / 2;
    return layer.window(layer.window().padding(new Padding(top, left, rows - top, columns - left)));
  }

  private static Piece image(Call call) {
    Flow flow = call.flow(0);
    if (flow.rank() != 4) {
      throw new GraphException(
          "reads %d axes; Trifocal's convolutions are over height and width"
              .formatted(flow.rank()));
    }
    return flow.settled();
  }

  private static long[] kernel(Call call, Tensor weight) {
    if (weight.shape().rank() != 4) {
      throw new GraphException("has weights " + weight);
    }
    long[] kernel = {weight.shape().size(2), weight.shape().size(3)};
    if (!Arrays.equals(call.node().integers("kernel_shape", kernel), kernel)) {
      throw new GraphException("has another kernel_shape than its weights " + weight);
    }
    return kernel;
  }

  private static void requireChannels(int weight, int image, int groups) {
    if ((long) weight * groups != image) {
      throw new GraphException(
          "has weights for %d channels, but its input has %d".formatted(weight * groups, image));
    }
  }
}
