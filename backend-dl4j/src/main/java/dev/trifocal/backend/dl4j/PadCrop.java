package dev.trifocal.backend.dl4j;

import dev.trifocal.layer.Padding;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Pads and crops images. */
record PadCrop(Nd4jOperators operators) {
  /** Rows and columns to add on each side of {@code [N, C, H, W]}; negative values crop. */
  record Frame(int top, int left, int bottom, int right) {
    static Frame of(Padding padding) {
      return new Frame(padding.top(), padding.left(), padding.bottom(), padding.right());
    }

    /** Returns the inverse, which is also the gradient if the added elements are constants. */
    Frame inverse() {
      return new Frame(-top, -left, -bottom, -right);
    }

    boolean isNothing() {
      return equals(new Frame(0, 0, 0, 0));
    }
  }

  /**
   * Returns the framed image: a new array, or the image with an additional owner if nothing
   * changes.
   */
  INDArray framed(INDArray image, Frame frame, double value) {
    if (frame.isNothing()) {
      return operators.memory().share(image);
    }
    long height = image.size(2) + frame.top + frame.bottom;
    long width = image.size(3) + frame.left + frame.right;
    INDArray result = operators.memory().take(image.size(0), image.size(1), height, width);
    if (Math.max(Math.max(frame.top, frame.bottom), Math.max(frame.left, frame.right)) > 0) {
      operators.fill(result, value);
    }
    INDArray from = inner(image, frame.inverse());
    INDArray to = inner(result, frame);
    operators.assign(to, from);
    return result;
  }

  /** Returns the part of an image that the positive sides of a frame do not cover. */
  private static INDArray inner(INDArray image, Frame frame) {
    return image.get(
        NDArrayIndex.all(),
        NDArrayIndex.all(),
        between(frame.top, image.size(2) - Math.max(frame.bottom, 0)),
        between(frame.left, image.size(3) - Math.max(frame.right, 0)));
  }

  private static INDArrayIndex between(int start, long end) {
    return NDArrayIndex.interval(Math.max(start, 0), end);
  }
}
