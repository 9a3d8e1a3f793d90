package dev.trifocal.testkit.reference;

import dev.trifocal.layer.Pad2d;
import dev.trifocal.layer.Upsample2d;
import dev.trifocal.layer.Upsample2d.Interpolation;
import dev.trifocal.shape.Shape;

/** Upsampling and padding of images. */
final class UpsamplePad {
  /** Computes one element of an image. */
  interface Pixel {
    double at(int n, int c, int y, int x);
  }

  private UpsamplePad() {}

  static ReferenceArray each(NodeContext context, Pixel pixel) {
    ReferenceArray result = context.output();
    Shape shape = result.shape();
    for (int n = 0; n < shape.size(0); n++) {
      for (int c = 0; c < shape.size(1); c++) {
        for (int y = 0; y < shape.size(2); y++) {
          for (int x = 0; x < shape.size(3); x++) {
            result.set(n, c, y, x, pixel.at(n, c, y, x));
          }
        }
      }
    }
    return result;
  }

  static ReferenceArray pad(Pad2d layer, NodeContext context) {
    ReferenceArray image = context.input();
    return each(
        context,
        (n, c, y, x) -> {
          int row = y - layer.padding().top();
          int column = x - layer.padding().left();
          return switch (layer.mode()) {
            case CONSTANT -> image.holds(row, column) ? image.at(n, c, row, column) : layer.value();
            case REFLECT ->
                image.at(
                    n,
                    c,
                    reflected(row, image.shape().size(2)),
                    reflected(column, image.shape().size(3)));
            case EDGE ->
                image.at(
                    n,
                    c,
                    nearest(row, image.shape().size(2)),
                    nearest(column, image.shape().size(3)));
          };
        });
  }

  static ReferenceArray upsample(Upsample2d layer, NodeContext context) {
    ReferenceArray image = context.input();
    int tall = layer.factor().height();
    int wide = layer.factor().width();
    if (layer.interpolation() == Interpolation.NEAREST) {
      return each(context, (n, c, y, x) -> image.at(n, c, y / tall, x / wide));
    }
    return each(
        context,
        (n, c, y, x) -> between(image, n, c, (y + 0.5) / tall - 0.5, (x + 0.5) / wide - 0.5));
  }

  /** Interpolates between the four pixels around a position. */
  private static double between(ReferenceArray image, int n, int c, double y, double x) {
    int top = (int) Math.floor(y);
    int left = (int) Math.floor(x);
    double sum = 0;
    for (int row = top; row <= top + 1; row++) {
      for (int column = left; column <= left + 1; column++) {
        double share = (1 - Math.abs(y - row)) * (1 - Math.abs(x - column));
        int i = nearest(row, image.shape().size(2));
        int j = nearest(column, image.shape().size(3));
        sum += share * image.at(n, c, i, j);
      }
    }
    return sum;
  }

  private static int nearest(int place, int size) {
    return Math.min(Math.max(place, 0), size - 1);
  }

  private static int reflected(int place, int size) {
    int fromStart = Math.abs(place);
    return fromStart < size ? fromStart : 2 * (size - 1) - fromStart;
  }
}
