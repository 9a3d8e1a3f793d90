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
 * The geometry of a pool with its rounding mode. Runtimes disagree on whether a last window that
 * starts in the padding after the image counts. Where such a window is possible, ceil mode is
 * written as extra padding that covers the partial last windows, which is valid for this image size
 * only.
 *
 * @param image height and width of the input
 * @param reach rows and columns beyond the window's own padding, at the bottom and right
 * @param complete whether the windows cover all of the padding, which rules out a further window
 */
public record PoolGeometry(Window window, Size2d image, Padding reach, boolean complete) {
  /** Returns the geometry of a window over the first input of a node. */
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

  /** Returns kernel, strides, dilations and all padding as attributes of MaxPool. */
  public AttributeProto[] attributes() {
    return maxPool(true);
  }

  /** Like {@link #attributes()}, but uses {@code ceil_mode} where all runtimes agree on it. */
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
   * Returns kernel, strides, padding and {@code ceil_mode}.
   *
   * @param own the padding without the extra padding for ceil mode
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

  /**
   * Returns whether ceil mode must be written as padding; if the rounding can depend on it, records
   * that the model relies on the image size.
   */
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

  /** Returns the {@code pads} attribute in ONNX's order: the starts of all axes, then the ends. */
  public static AttributeProto pads(Padding padding) {
    return Attribute.of("pads", padding.top(), padding.left(), padding.bottom(), padding.right());
  }
}
