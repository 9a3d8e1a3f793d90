package dev.trifocal.apps.report.training;

import dev.trifocal.tensor.Tensor;

/** Converts logits to probabilities and predicted classes. */
final class ClassProbabilities {
  private ClassProbabilities() {}

  /**
   * Returns the class probabilities of each sample; a single logit is that of class 1 against class
   * 0.
   *
   * @param logits the logits, float32 {@code [N, K]}
   * @return the probabilities, {@code [N][max(K, 2)]}
   */
  static double[][] of(Tensor logits) {
    float[] values = logits.toFloats();
    int samples = logits.shape().size(0);
    int classes = values.length / samples;
    double[][] result = new double[samples][];
    for (int i = 0; i < samples; i++) {
      result[i] = classes == 1 ? sigmoid(values[i]) : row(values, i * classes, classes);
    }
    return result;
  }

  /** Returns the index of the largest value, the first of equal ones. */
  static int largest(double[] values) {
    int best = 0;
    for (int k = 1; k < values.length; k++) {
      if (values[k] > values[best]) {
        best = k;
      }
    }
    return best;
  }

  private static double[] sigmoid(double logit) {
    double first = 1 / (1 + Math.exp(logit));
    return new double[] {first, 1 - first};
  }

  private static double[] row(float[] logits, int from, int classes) {
    double highest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < classes; k++) {
      highest = Math.max(highest, logits[from + k]);
    }
    double[] result = new double[classes];
    double sum = 0;
    for (int k = 0; k < classes; k++) {
      result[k] = Math.exp(logits[from + k] - highest);
      sum += result[k];
    }
    for (int k = 0; k < classes; k++) {
      result[k] /= sum;
    }
    return result;
  }
}
