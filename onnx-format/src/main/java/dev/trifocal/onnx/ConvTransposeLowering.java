package dev.trifocal.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import dev.trifocal.layer.ConvTranspose2d;
import dev.trifocal.layer.Padding;
import dev.trifocal.layer.Size2d;
import dev.trifocal.layer.Window;
import java.util.ArrayList;
import java.util.List;

/** Transposed convolutions. */
record ConvTransposeLowering(OnnxGraphBuilder onnx, ConvTranspose2d layer, Site site) {

  String lowered() {
    Size2d surplus = layer.outputPadding();
    Size2d stride = layer.window().stride();
    boolean ordinary = surplus.height() < stride.height() && surplus.width() < stride.width();
    return ordinary ? oneNode() : paddedAfterwards();
  }

  private String oneNode() {
    List<String> inputs = new ArrayList<>(unbiased());
    if (layer.bias()) {
      inputs.add(site.parameter("bias"));
    }
    return convolution(
        inputs,
        Attribute.of(
            "output_padding", layer.outputPadding().height(), layer.outputPadding().width()),
        PoolGeometry.pads(layer.window().padding()));
  }

  /** ONNX Runtime refuses an output padding as large as the stride, which a dilation allows. */
  private String paddedAfterwards() {
    Padding p = layer.window().padding();
    Size2d surplus = layer.outputPadding();
    String padded =
        onnx.node(
            "Pad",
            List.of(
                convolution(unbiased()),
                onnx.longs(
                    0,
                    0,
                    -p.top(),
                    -p.left(),
                    0,
                    0,
                    surplus.height() - p.bottom(),
                    surplus.width() - p.right())));
    if (!layer.bias()) {
      return padded;
    }
    String bias =
        onnx.node("Reshape", List.of(site.parameter("bias"), onnx.longs(layer.filters(), 1, 1)));
    return onnx.node("Add", List.of(padded, bias));
  }

  private List<String> unbiased() {
    return List.of(site.input(), site.parameter("weight"));
  }

  private String convolution(List<String> inputs, AttributeProto... more) {
    Window window = layer.window();
    List<AttributeProto> attributes =
        new ArrayList<>(
            List.of(
                Attribute.of("kernel_shape", window.kernel().height(), window.kernel().width()),
                Attribute.of("strides", window.stride().height(), window.stride().width()),
                Attribute.of("dilations", window.dilation().height(), window.dilation().width()),
                Attribute.of("group", (long) layer.groups())));
    attributes.addAll(List.of(more));
    return onnx.node("ConvTranspose", inputs, attributes.toArray(AttributeProto[]::new));
  }
}
