package dev.trifocal.testkit.reference;

import dev.trifocal.layer.Conv2d;
import dev.trifocal.layer.ConvTranspose2d;
import dev.trifocal.layer.Window;
import dev.trifocal.shape.Shape;

/** Convolutions and transposed convolutions. */
final class Convolutions {
  private Convolutions() {}

  static ReferenceArray conv2d(Conv2d layer, NodeContext context) {
    ReferenceArray image = context.input();
    ReferenceArray weight = context.weight("weight");
    double[] bias = context.bias().values();
    return UpsamplePad.each(
        context, (n, f, y, x) -> bias[f] + product(layer, weight, image, n, f, y, x));
  }

  /** Returns the output of filter {@code f} at row y, column x. */
  private static double product(
      Conv2d layer, ReferenceArray weight, ReferenceArray image, int n, int f, int y, int x) {
    Window window = layer.window();
    int channels = weight.shape().size(1);
    int first = f / (layer.filters() / layer.groups()) * channels;
    double sum = 0;
    for (int i = 0; i < window.kernel().height(); i++) {
      for (int j = 0; j < window.kernel().width(); j++) {
        int row = WindowPositions.row(window, y, i);
        int column = WindowPositions.column(window, x, j);
        for (int c = 0; image.holds(row, column) && c < channels; c++) {
          sum += weight.at(f, c, i, j) * image.at(n, first + c, row, column);
        }
      }
    }
    return sum;
  }

  /** Adds the kernel, times each element of the image, to the output. */
  static ReferenceArray convTranspose2d(ConvTranspose2d layer, NodeContext context) {
    ReferenceArray image = context.input();
    ReferenceArray weight = context.weight("weight");
    double[] bias = context.bias().values();
    ReferenceArray result = context.output();
    Shape shape = image.shape();
    for (int n = 0; n < shape.size(0); n++) {
      for (int c = 0; c < shape.size(1); c++) {
        for (int y = 0; y < shape.size(2); y++) {
          for (int x = 0; x < shape.size(3); x++) {
            lay(layer, weight, image.at(n, c, y, x), result, n, c, y, x);
          }
        }
      }
    }
    return ReferenceArray.fill(
        result.shape(), i -> result.values()[i] + bias[Channels.of(result, i)]);
  }

  private static void lay(
      ConvTranspose2d layer,
      ReferenceArray weight,
      double value,
      ReferenceArray result,
      int n,
      int c,
      int y,
      int x) {
    Window window = layer.window();
    int filters = weight.shape().size(1);
    int first = c / (weight.shape().size(0) / layer.groups()) * filters;
    for (int i = 0; i < window.kernel().height(); i++) {
      for (int j = 0; j < window.kernel().width(); j++) {
        int row = WindowPositions.row(window, y, i);
        int column = WindowPositions.column(window, x, j);
        for (int f = 0; result.holds(row, column) && f < filters; f++) {
          result.add(n, first + f, row, column, value * weight.at(c, f, i, j));
        }
      }
    }
  }
}
