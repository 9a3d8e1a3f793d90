package dev.trifocal.weights;

import dev.trifocal.random.RandomStream;

/** Random vectors of length 1 at right angles to one another. */
final class OrthonormalVectors {
  private OrthonormalVectors() {}

  /**
   * Normal random vectors made orthonormal one after another (modified Gram and Schmidt): the Q of
   * a QR decomposition whose R has a positive diagonal, so that it is uniformly distributed.
   *
   * @param count at most {@code length}
   */
  static double[][] vectors(RandomStream stream, int count, int length) {
    double[][] vectors = new double[count][length];
    for (int row = 0; row < count; row++) {
      for (int i = 0; i < length; i++) {
        vectors[row][i] = stream.gaussian((long) row * length + i);
      }
      // What rounding leaves over after the first pass is gone after the second.
      for (int pass = 0; pass < 2; pass++) {
        for (int before = 0; before < row; before++) {
          add(vectors[row], -dot(vectors[row], vectors[before]), vectors[before]);
        }
      }
      double norm = Math.sqrt(dot(vectors[row], vectors[row]));
      for (int i = 0; i < length; i++) {
        vectors[row][i] /= norm;
      }
    }
    return vectors;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static void add(double[] to, double factor, double[] vector) {
    for (int i = 0; i < to.length; i++) {
      to[i] += factor * vector[i];
    }
  }
}
