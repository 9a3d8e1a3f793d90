package dev.trifocal.testkit.reference;

import dev.trifocal.layer.Conv2d;
import dev.trifocal.layer.Window;
import dev.trifocal.shape.Shape;

/** Sums of products over windows. */
interface Convolutions {
  static Array conv2d(Conv2d layer, Site site) {
    Array result = site.output();
    Shape shape = result.shape();
    for (int n = 0; n < shape.size(0); n++) {
      for (int f = 0; f < shape.size(1); f++) {
        for (int y = 0; y < shape.size(2); y++) {
          for (int x = 0; x < shape.size(3); x++) {
            result.set(n, f, y, x, site.bias(f) + product(layer, site, n, f, y, x));
          }
        }
      }
    }
    return result;
  }

  /** Filter {@code f} times what lies under it when its output is at row y, column x. */
  private static double product(Conv2d layer, Site site, int n, int f, int y, int x) {
    Array image = site.input();
    Array weight = site.weight("weight");
    Window window = layer.window();
    int channels = weight.shape().size(1);
    int first = f / (layer.filters() / layer.groups()) * channels;
    double sum = 0;
    for (int i = 0; i < window.kernel().height(); i++) {
      for (int j = 0; j < window.kernel().width(); j++) {
        int row = Places.row(window, y, i);
        int column = Places.column(window, x, j);
        for (int c = 0; image.holds(row, column) && c < channels; c++) {
          sum += weight.at(f, c, i, j) * image.at(n, first + c, row, column);
        }
      }
    }
    return sum;
  }

  static Array dense(Site site) {
    Array weight = site.weight("weight");
    int units = weight.shape().size(0);
    int features = weight.shape().size(1);
    return Array.fill(
        site.outputShape(),
        place -> {
          int n = place / units;
          int unit = place % units;
          double sum = site.bias(unit);
          for (int f = 0; f < features; f++) {
            sum += weight.values()[unit * features + f] * site.input().values()[n * features + f];
          }
          return sum;
        });
  }
}
