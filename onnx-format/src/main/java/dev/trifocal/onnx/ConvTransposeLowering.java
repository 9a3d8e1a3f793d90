package dev.trifocal.onnx;

import dev.trifocal.layer.ConvTranspose2d;
import dev.trifocal.layer.Padding;
import dev.trifocal.layer.Size2d;
import dev.trifocal.layer.Window;
import java.util.ArrayList;
import java.util.List;

/** Lowers transposed convolutions to ConvTranspose. */
record ConvTransposeLowering(OnnxGraphBuilder onnx, ConvTranspose2d layer, NodeContext context) {

  String lowered() {
    Size2d surplus = layer.outputPadding();
    Size2d stride = layer.window().stride();
    Padding padding = layer.window().padding();
    if (surplus.height() < stride.height() && surplus.width() < stride.width()) {
      return oneNode(padding, surplus);
    }
    // ONNX Runtime rejects an output padding of at least the stride, which PyTorch allows with
    // dilation. Less padding at the end has the same effect.
    Padding less =
        new Padding(
            padding.top(),
            padding.left(),
            padding.bottom() - surplus.height(),
            padding.right() - surplus.width());
    return less.bottom() >= 0 && less.right() >= 0
        ? oneNode(less, new Size2d(0, 0))
        : paddedAfterwards(less);
  }

  private String oneNode(Padding padding, Size2d surplus) {
    List<String> inputs = new ArrayList<>(unbiased());
    if (layer.bias()) {
      inputs.add(context.parameter("bias"));
    }
    return convolution(inputs, padding, surplus);
  }

  /**
   * Pads after the convolution: rows and columns beyond the reach of the kernel hold the bias only.
   */
  private String paddedAfterwards(Padding less) {
    Padding cut =
        new Padding(less.top(), less.left(), Math.max(0, less.bottom()), Math.max(0, less.right()));
    Padding added = new Padding(0, 0, Math.max(0, -less.bottom()), Math.max(0, -less.right()));
    String padded =
        new ShapeOpLowering(onnx).zeros(convolution(unbiased(), cut, new Size2d(0, 0)), added);
    if (!layer.bias()) {
      return padded;
    }
    String bias =
        onnx.node("Reshape", List.of(context.parameter("bias"), onnx.longs(layer.filters(), 1, 1)));
    return onnx.node("Add", List.of(padded, bias));
  }

  private List<String> unbiased() {
    return List.of(context.input(), context.parameter("weight"));
  }

  private String convolution(List<String> inputs, Padding padding, Size2d surplus) {
    Window window = layer.window();
    return onnx.node(
        "ConvTranspose",
        inputs,
        Attribute.of("kernel_shape", window.kernel().height(), window.kernel().width()),
        Attribute.of("strides", window.stride().height(), window.stride().width()),
        Attribute.of("dilations", window.dilation().height(), window.dilation().width()),
        Attribute.of("group", (long) layer.groups()),
        Attribute.of("output_padding", surplus.height(), surplus.width()),
        PoolGeometry.pads(padding));
  }
}
