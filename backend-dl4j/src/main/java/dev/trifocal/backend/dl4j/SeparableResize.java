package dev.trifocal.backend.dl4j;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Resampling that computes rows and columns of an image as weighted sums of another image's: two
 * products with small matrices, which ND4J runs at the speed of its convolutions. The gradients of
 * its own resize and mirror operators are slow or missing.
 *
 * @param rows weights {@code [H', H]}
 * @param columns weights {@code [W', W]}
 */
record SeparableResize(Nd4jOperators operators, float[][] rows, float[][] columns) {

  ForwardResult of(INDArray image) {
    return new ForwardResult(
        resampled(image, false), (gradient, sink) -> sink.input(resampled(gradient, true)));
  }

  /** Resamples the columns first and then, with the last two axes exchanged, the rows. */
  private INDArray resampled(INDArray image, boolean backward) {
    INDArray wide = mapped(image, columns, backward);
    INDArray turned = operators.copy(wide.permute(0, 1, 3, 2));
    INDArray high = mapped(turned, rows, backward);
    INDArray result = operators.copy(high.permute(0, 1, 3, 2));
    operators.release(wide, turned, high);
    return result;
  }

  /** Multiplies the last axis by a matrix {@code [to, from]} or its transpose. */
  private INDArray mapped(INDArray array, float[][] weights, boolean backward) {
    int to = backward ? weights[0].length : weights.length;
    INDArray matrix =
        HostTransfer.array(operators.memory(), flat(weights), weights.length, weights[0].length);
    long lines = array.length() / array.size(3);
    INDArray product =
        operators
            .call("matmul", ArrayViews.shaped(array, lines, array.size(3)), matrix)
            .integers(0, backward ? 0 : 1, 0)
            .into(lines, to);
    operators.release(matrix);
    return ArrayViews.shaped(product, array.size(0), array.size(1), array.size(2), to);
  }

  private static float[] flat(float[][] weights) {
    float[] result = new float[weights.length * weights[0].length];
    for (int row = 0; row < weights.length; row++) {
      System.arraycopy(weights[row], 0, result, row * weights[0].length, weights[0].length);
    }
    return result;
  }
}
