package dev.trifocal.testkit.reference;

import dev.trifocal.shape.Shape;

/** Dense layers and matrix products. */
final class MatMuls {
  private MatMuls() {}

  static ReferenceArray dense(NodeContext context) {
    ReferenceArray weight = context.weight("weight");
    double[] bias = context.bias().values();
    int units = weight.shape().size(0);
    int features = weight.shape().size(1);
    return ReferenceArray.fill(
        context.outputShape(),
        place -> {
          int n = place / units;
          int unit = place % units;
          double sum = bias[unit];
          for (int f = 0; f < features; f++) {
            sum +=
                weight.values()[unit * features + f] * context.input().values()[n * features + f];
          }
          return sum;
        });
  }

  /** Multiplies {@code [..., M, K]} by {@code [..., K, N]}. */
  static ReferenceArray matMul(NodeContext context) {
    ReferenceArray a = context.inputs().get(0);
    ReferenceArray b = context.inputs().get(1);
    Shape shape = context.outputShape();
    int inner = a.shape().size(a.shape().rank() - 1);
    int rows = shape.size(shape.rank() - 2);
    int columns = shape.size(shape.rank() - 1);
    return ReferenceArray.fill(
        shape,
        place -> {
          int row = place / columns;
          int column = place % columns;
          int matrix = row / rows;
          double sum = 0;
          for (int k = 0; k < inner; k++) {
            double right = b.values()[(matrix * inner + k) * columns + column];
            sum += a.values()[row * inner + k] * right;
          }
          return sum;
        });
  }
}
