package dev.trifocal.graph;

import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.util.List;

/**
 * The weight of a dense layer as the kernel of a convolution.
 *
 * @param order axes of the window, {@code [C, H, W]}, outermost first, in the order of the features
 *     of the dense layer
 * @param shape shape of the kernel, {@code [units, C, H, W]}
 */
record DenseKernel(List<Integer> order, Shape shape) {
  /** Returns the kernel for a weight {@code [units, features]}. */
  Tensor of(Tensor weight) {
    if (order.equals(List.of(0, 1, 2))) {
      return weight.reshape(shape);
    }
    int[] strides = new int[order.size()];
    int stride = 1;
    for (int i = order.size() - 1; i >= 0; i--) {
      strides[order.get(i)] = stride;
      stride *= shape.size(1 + order.get(i));
    }
    int features = stride;
    float[] values = weight.toFloats();
    return Tensor.floats(
        shape,
        kernel -> {
          for (int unit = 0; unit < shape.size(0); unit++) {
            for (int channel = 0; channel < shape.size(1); channel++) {
              for (int row = 0; row < shape.size(2); row++) {
                int first = unit * features + channel * strides[0] + row * strides[1];
                for (int column = 0; column < shape.size(3); column++) {
                  kernel.put(values[first + column * strides[2]]);
                }
              }
            }
          }
        });
  }
}
