package dev.trifocal.zoo;

import dev.trifocal.graph.Value;
import dev.trifocal.layer.AvgPool2d;
import dev.trifocal.layer.Concat;
import dev.trifocal.layer.Layer;
import dev.trifocal.layer.Size2d;
import dev.trifocal.layer.Upsample2d;
import dev.trifocal.layer.Window;
import java.util.List;

/**
 * Average pooling to a fixed output size: PyTorch's {@code AdaptiveAvgPool2d}. Output {@code i} of
 * {@code n} is the mean of the inputs from {@code floor(i * size / n)} (inclusive) to {@code
 * ceil((i + 1) * size / n)} (exclusive), so windows may overlap, differ by one in length, and
 * repeat inputs if there are fewer than outputs.
 *
 * <p>It lets dense layers use the published weights at any input size. In AlexNet and VGG it is the
 * identity at the published size and adds no layers.
 */
final class AdaptiveAvgPool {
  private AdaptiveAvgPool() {}

  /**
   * Adds the layers of the pool.
   *
   * @param image the input, {@code [C, H, W]}
   * @param size the height and width of the output
   */
  static Value build(Value image, int size) {
    int height = image.shape().size(1);
    int width = image.shape().size(2);
    if (height == size && width == size) {
      return image;
    }
    if (size % height == 0 && size % width == 0) {
      Size2d factor = new Size2d(size / height, size / width);
      return image.then(new Upsample2d(factor, Upsample2d.Interpolation.NEAREST));
    }
    if (height % size == 0 && width % size == 0) {
      return image.then(pool(height / size, height / size, width / size, width / size));
    }
    return along(along(image, 1, size), 2, size);
  }

  private static Value along(Value image, int axis, int size) {
    List<EvenWindows> runs = EvenWindows.of(image.shape().size(axis), size);
    Value first = part(image, axis, runs.get(0));
    Value[] others = runs.stream().skip(1).map(run -> part(image, axis, run)).toArray(Value[]::new);
    return others.length == 0
        ? first
        : first.with(axis == 1 ? "rows" : "columns", new Concat(axis), others);
  }

  private static Value part(Value image, int axis, EvenWindows run) {
    Value part = image.then(Layer.slice(axis, run.start(), run.end()));
    if (run.length() == 1 && run.step() == 1) {
      return part;
    }
    return part.then(
        axis == 1 ? pool(run.length(), run.step(), 1, 1) : pool(1, 1, run.length(), run.step()));
  }

  private static AvgPool2d pool(int rows, int rowStep, int columns, int columnStep) {
    Window one = Window.square(1);
    return new AvgPool2d(
        new Window(
            new Size2d(rows, columns),
            new Size2d(rowStep, columnStep),
            one.padding(),
            one.dilation(),
            one.rounding()),
        true);
  }
}
