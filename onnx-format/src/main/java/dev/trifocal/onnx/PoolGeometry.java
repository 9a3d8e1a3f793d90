package dev.trifocal.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import dev.trifocal.graph.Node;
import dev.trifocal.layer.Padding;
import dev.trifocal.layer.Size2d;
import dev.trifocal.layer.Window;
import dev.trifocal.shape.Shape;

/**
 * A window with its ceil mode spelled out: rows and columns that a partial last window reaches are
 * further padding, because runtimes differ in what ceil mode means at the edge.
 *
 * @param reach rows and columns beyond the window's own padding, at the bottom and right
 */
public record PoolGeometry(Window window, Padding reach) {
  public static PoolGeometry of(Window window, Node node) {
    Shape image = node.inputShapes().get(0);
    Size2d covered = window.covered(node.shape());
    Padding padding = window.padding();
    return new PoolGeometry(
        window,
        new Padding(
            0,
            0,
            Math.max(0, covered.height() - image.size(1) - padding.top() - padding.bottom()),
            Math.max(0, covered.width() - image.size(2) - padding.left() - padding.right())));
  }

  /** Kernel, strides, dilations and all padding, as MaxPool takes them. */
  public AttributeProto[] attributes() {
    Padding own = window.padding();
    return new AttributeProto[] {
      Attribute.of("kernel_shape", window.kernel().height(), window.kernel().width()),
      Attribute.of("strides", window.stride().height(), window.stride().width()),
      Attribute.of("dilations", window.dilation().height(), window.dilation().width()),
      pads(
          new Padding(
              own.top(), own.left(), own.bottom() + reach.bottom(), own.right() + reach.right()))
    };
  }

  /** ONNX's order: all beginnings, then all ends. */
  public static AttributeProto pads(Padding padding) {
    return Attribute.of("pads", padding.top(), padding.left(), padding.bottom(), padding.right());
  }
}
