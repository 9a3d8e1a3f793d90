package dev.trifocal.backend.onnx;

import dev.trifocal.layer.Padding;
import dev.trifocal.layer.Size2d;
import dev.trifocal.onnx.OnnxGraphBuilder;
import dev.trifocal.shape.Shape;
import java.util.List;

/** Pads or crops the area covered by windows to the size of the image. */
final class SpatialPadCrop {
  private SpatialPadCrop() {}

  /**
   * Crops {@code before} from the start of both axes, and crops or zero-pads their ends.
   *
   * @param size height and width of {@code full}
   */
  static String of(OnnxGraphBuilder onnx, String full, Padding before, Size2d size, Shape image) {
    int bottom = image.size(1) + before.top() - size.height();
    int right = image.size(2) + before.left() - size.width();
    if (before.top() == 0 && before.left() == 0 && bottom == 0 && right == 0) {
      return full;
    }
    return onnx.node(
        "Pad", List.of(full, onnx.longs(0, 0, -before.top(), -before.left(), 0, 0, bottom, right)));
  }
}
