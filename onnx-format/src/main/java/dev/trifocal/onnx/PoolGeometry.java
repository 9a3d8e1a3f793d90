package dev.trifocal.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import dev.trifocal.graph.Node;
import dev.trifocal.layer.Padding;
import dev.trifocal.layer.Rounding;
import dev.trifocal.layer.Size2d;
import dev.trifocal.layer.Window;
import dev.trifocal.shape.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * A window with its ceil mode. Runtimes differ in whether a window counts that begins in the
 * padding behind the image. Where there can be one, the ceil mode is spelled out: rows and columns
 * that a partial last window reaches are further padding, which is right for images of this size
 * only.
 *
 * @param image the size of what it moves over
 * @param reach rows and columns beyond the window's own padding, at the bottom and right
 * @param complete whether all of the padding is covered, so that nobody sees a further window
 */
public record PoolGeometry(Window window, Size2d image, Padding reach, boolean complete) {
  public static PoolGeometry of(Window window, Node node) {
    Shape image = node.inputShapes().get(0);
    Size2d covered = window.covered(node.shape());
    Padding padding = window.padding();
    int rows = covered.height() - image.size(1) - padding.top() - padding.bottom();
    int columns = covered.width() - image.size(2) - padding.left() - padding.right();
    return new PoolGeometry(
        window,
        new Size2d(image.size(1), image.size(2)),
        new Padding(0, 0, Math.max(0, rows), Math.max(0, columns)),
        rows >= 0 && columns >= 0);
  }

  /** Kernel, strides, dilations and all padding, as MaxPool takes them. */
  public AttributeProto[] attributes() {
    return maxPool(true);
  }

  /** As {@link #attributes}, with the ceil mode as such where all runtimes read it alike. */
  AttributeProto[] attributes(OnnxGraphBuilder onnx) {
    return maxPool(spelledOut(onnx));
  }

  private AttributeProto[] maxPool(boolean spelledOut) {
    List<AttributeProto> result = new ArrayList<>(kernel(spelledOut, window.padding()));
    Size2d dilation = window.dilation();
    result.add(Attribute.of("dilations", dilation.height(), dilation.width()));
    return result.toArray(AttributeProto[]::new);
  }

  /**
   * Kernel, strides, padding and ceil mode.
   *
   * @param own the padding besides what a spelled-out ceil mode adds
   */
  List<AttributeProto> kernel(boolean spelledOut, Padding own) {
    List<AttributeProto> result = new ArrayList<>();
    result.add(Attribute.of("kernel_shape", window.kernel().height(), window.kernel().width()));
    result.add(Attribute.of("strides", window.stride().height(), window.stride().width()));
    Padding reached =
        new Padding(
            own.top(), own.left(), own.bottom() + reach.bottom(), own.right() + reach.right());
    result.add(pads(spelledOut ? reached : own));
    if (window.rounding() == Rounding.CEIL && !spelledOut) {
      result.add(Attribute.of("ceil_mode", 1L));
    }
    return result;
  }

  /** Whether the ceil mode must be spelled out; if so, the model relies on the image's size. */
  boolean spelledOut(OnnxGraphBuilder onnx) {
    Padding own = window.padding();
    boolean beginsInside =
        own.bottom() + window.stride().height() <= window.span().height()
            && own.right() + window.stride().width() <= window.span().width();
    if (window.rounding() == Rounding.FLOOR || beginsInside) {
      return false;
    }
    onnx.relyOn(image.height());
    onnx.relyOn(image.width());
    return !complete;
  }

  /** ONNX's order: all beginnings, then all ends. */
  public static AttributeProto pads(Padding padding) {
    return Attribute.of("pads", padding.top(), padding.left(), padding.bottom(), padding.right());
  }
}
