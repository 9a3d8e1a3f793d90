package dev.trifocal.backend.dl4j;

import dev.trifocal.layer.Window;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Sums over the neighbouring channels {@code c - size / 2} to {@code c + (size - 1) / 2}, as a 1x1
 * convolution with zeros and ones.
 */
record BandMatrix(Nd4jOperators operators, int channels, int size) {

  INDArray sum(INDArray image) {
    return convolved(image, matrix(size / 2, (size - 1) / 2));
  }

  /** Applies the transposed matrix. */
  INDArray transposedSum(INDArray image) {
    return convolved(image, matrix((size - 1) / 2, size / 2));
  }

  private INDArray convolved(INDArray image, float[] weights) {
    INDArray weight = HostTransfer.array(operators.memory(), weights, channels, channels, 1, 1);
    INDArray result =
        new DenseConvolution(operators, Window.square(1)).forward(image, weight, image.shape());
    operators.release(weight);
    return result;
  }

  private float[] matrix(int before, int after) {
    float[] result = new float[channels * channels];
    for (int row = 0; row < channels; row++) {
      for (int other = Math.max(0, row - before);
          other <= Math.min(channels - 1, row + after);
          other++) {
        result[row * channels + other] = 1;
      }
    }
    return result;
  }
}
