package dev.trifocal.backend.djl;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.trifocal.layer.Pad2d;
import dev.trifocal.layer.Padding;
import java.util.ArrayList;
import java.util.List;

/**
 * Pads images. DJL supports constant padding only; the other modes are composed of slices of the
 * image, first along one axis and then along the other.
 */
final class ImageBorder {
  private ImageBorder() {}

  static PtNDArray of(Pad2d layer, PtNDArray image) {
    Padding padding = layer.padding();
    return switch (layer.mode()) {
      case CONSTANT -> WindowGeometry.pad(image, padding, layer.value());
      case REFLECT ->
          reflected(
              reflected(image, 2, padding.top(), padding.bottom()),
              3,
              padding.left(),
              padding.right());
      case EDGE ->
          extended(
              extended(image, 2, padding.top(), padding.bottom()),
              3,
              padding.left(),
              padding.right());
    };
  }

  private static PtNDArray reflected(PtNDArray image, int axis, int before, int after) {
    long size = image.getShape().get(axis);
    List<PtNDArray> pieces = new ArrayList<>();
    if (before > 0) {
      pieces.add(mirrored(image, axis, 1, before + 1));
    }
    pieces.add(image);
    if (after > 0) {
      pieces.add(mirrored(image, axis, size - 1 - after, size - 1));
    }
    return joined(pieces, axis);
  }

  private static PtNDArray mirrored(PtNDArray image, int axis, long start, long end) {
    return JniUtils.flip(JniUtils.slice(image, axis, start, end, 1), new long[] {axis});
  }

  private static PtNDArray extended(PtNDArray image, int axis, int before, int after) {
    long size = image.getShape().get(axis);
    List<PtNDArray> pieces = new ArrayList<>();
    if (before > 0) {
      pieces.add(repeated(image, axis, 0, before));
    }
    pieces.add(image);
    if (after > 0) {
      pieces.add(repeated(image, axis, size - 1, after));
    }
    return joined(pieces, axis);
  }

  private static PtNDArray repeated(PtNDArray image, int axis, long index, int times) {
    long[] sizes = image.getShape().getShape().clone();
    sizes[axis] = times;
    return JniUtils.broadcast(JniUtils.slice(image, axis, index, index + 1, 1), new Shape(sizes));
  }

  private static PtNDArray joined(List<PtNDArray> pieces, int axis) {
    return JniUtils.cat(pieces.toArray(PtNDArray[]::new), axis);
  }
}
