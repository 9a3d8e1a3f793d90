package dev.trifocal.backend.onnx;

import dev.trifocal.layer.Pad2d;
import dev.trifocal.onnx.OnnxGraphBuilder;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.util.List;

/**
 * Resampling that computes rows and columns of an image as weighted sums of an input's rows and
 * columns, {@code R X C^T} with constant matrices; the gradient is {@code R^T dY C}.
 */
record SeparableResize(OnnxGraphBuilder onnx) {
  /** The weights of one axis: row i holds the weight of each input element in output i. */
  private interface Rule {
    void fill(int output, float[] row);
  }

  /**
   * Computes the gradient.
   *
   * @param dy {@code [N, C, H', W']}
   * @param rows {@code [H', H]}
   * @param columns {@code [W', W]}
   */
  String transposed(String dy, Tensor rows, Tensor columns) {
    String narrow = onnx.node("MatMul", List.of(dy, onnx.constant(columns)));
    return onnx.node("MatMul", List.of(onnx.constant(turned(rows)), narrow));
  }

  static Tensor padding(Pad2d.Mode mode, int size, int before, int after) {
    return matrix(size + before + after, size, (i, row) -> row[source(mode, i - before, size)] = 1);
  }

  static Tensor bilinear(int size, int factor) {
    return matrix(
        size * factor,
        size,
        (i, row) -> {
          double place = Math.max(0, (i + 0.5) / factor - 0.5);
          int below = (int) place;
          int above = Math.min(below + 1, size - 1);
          float share = (float) (place - below);
          row[below] += 1 - share;
          row[above] += share;
        });
  }

  private static int source(Pad2d.Mode mode, int place, int size) {
    return switch (mode) {
      case REFLECT -> place < 0 ? -place : place >= size ? 2 * (size - 1) - place : place;
      case EDGE, CONSTANT -> Math.min(Math.max(place, 0), size - 1);
    };
  }

  private static Tensor matrix(int outputs, int inputs, Rule rule) {
    float[] values = new float[outputs * inputs];
    for (int i = 0; i < outputs; i++) {
      float[] row = new float[inputs];
      rule.fill(i, row);
      System.arraycopy(row, 0, values, i * inputs, inputs);
    }
    return Tensor.of(Shape.of(outputs, inputs), values);
  }

  private static Tensor turned(Tensor matrix) {
    int rows = matrix.shape().size(0);
    int columns = matrix.shape().size(1);
    float[] from = matrix.toFloats();
    float[] to = new float[from.length];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        to[j * rows + i] = from[i * columns + j];
      }
    }
    return Tensor.of(Shape.of(columns, rows), to);
  }
}
