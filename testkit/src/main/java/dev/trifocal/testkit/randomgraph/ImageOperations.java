package dev.trifocal.testkit.randomgraph;

import static dev.trifocal.layer.Layer.avgPool;
import static dev.trifocal.layer.Layer.conv;
import static dev.trifocal.layer.Layer.convTranspose;
import static dev.trifocal.layer.Layer.dense;
import static dev.trifocal.layer.Layer.flatten;
import static dev.trifocal.layer.Layer.globalAvgPool;
import static dev.trifocal.layer.Layer.globalMaxPool;
import static dev.trifocal.layer.Layer.maxPool;

import dev.trifocal.graph.Value;
import dev.trifocal.layer.LocalResponseNorm;
import dev.trifocal.layer.Pad2d;
import dev.trifocal.layer.Padding;
import dev.trifocal.layer.Size2d;
import dev.trifocal.layer.Upsample2d;
import dev.trifocal.layer.Upsample2d.Interpolation;
import dev.trifocal.shape.Shape;
import java.util.ArrayList;
import java.util.List;

/** The operations on a single image {@code [C, H, W]}. */
final class ImageOperations {
  /** The number of pixels above which images are not enlarged. */
  static final int PIXELS = 48;

  private ImageOperations() {}

  static List<GraphOperation> of(Value x, OperationChoice move) {
    Shape shape = x.shape();
    List<GraphOperation> result = new ArrayList<>(windows(x, move));
    result.add(() -> x.then(globalAvgPool()));
    result.add(() -> x.then(globalMaxPool()));
    result.add(() -> x.then(flatten()));
    // Vectors are rare in random graphs, and layers on vectors would be even rarer.
    result.add(() -> x.then(globalAvgPool()).then(flatten()).then(dense(move.first(2, 5))));
    int size = move.first(2, 5);
    double beta = 0.5 + 0.25 * move.second(0, 2);
    result.add(() -> x.then(new LocalResponseNorm(size, 0.8, beta, 1)));
    if (shape.size(1) * shape.size(2) <= PIXELS) {
      result.add(() -> x.then(convTranspose(move.first(1, 3), 2).stride(move.second(1, 2))));
      result.add(() -> x.then(pad(shape, move)));
      result.add(() -> x.then(upsample(move)));
    }
    return result;
  }

  private static List<GraphOperation> windows(Value x, OperationChoice move) {
    Shape shape = x.shape();
    int shorter = Math.min(shape.size(1), shape.size(2));
    int kernel = move.second(1, Math.min(3, shorter));
    List<GraphOperation> result = new ArrayList<>();
    result.add(() -> x.then(conv(move.first(1, 4), kernel).padding(move.first(0, 1))));
    if (shorter >= 2) {
      int window = move.first(2, Math.min(3, shorter));
      int stride = move.second(1, 2);
      result.add(() -> x.then(conv(move.first(2, 3), window).stride(2)));
      result.add(() -> x.then(maxPool(window).stride(stride)));
      result.add(() -> x.then(maxPool(window).stride(stride).padding(1).ceilMode()));
      result.add(() -> x.then(avgPool(window).stride(stride)));
      result.add(() -> x.then(avgPool(window).stride(stride).padding(1).excludePad()));
    }
    if (shape.size(0) % 2 == 0) {
      result.add(() -> x.then(conv(2 * move.first(1, 2), kernel).groups(2)));
      result.add(() -> x.then(conv(shape.size(0), kernel).groups(shape.size(0)).same()));
    }
    return result;
  }

  private static Pad2d pad(Shape image, OperationChoice move) {
    Padding padding = new Padding(move.first(0, 1), move.second(0, 2), 1, move.first(0, 2));
    Pad2d.Mode mode = List.of(Pad2d.Mode.values()).get(move.second(0, 2));
    boolean tooSmall = Math.min(image.size(1), image.size(2)) <= 2;
    return mode == Pad2d.Mode.REFLECT && tooSmall
        ? new Pad2d(padding, Pad2d.Mode.CONSTANT, 0.5)
        : new Pad2d(padding, mode, 0);
  }

  private static Upsample2d upsample(OperationChoice move) {
    Size2d factor = new Size2d(move.first(1, 2), 2);
    return new Upsample2d(factor, List.of(Interpolation.values()).get(move.second(0, 1)));
  }
}
