package dev.trifocal.apps.report.training;

import dev.trifocal.tensor.Tensor;

/** From logits to probabilities and choices. */
final class ClassProbabilities {
  private ClassProbabilities() {}

  /**
   * The probabilities of each sample's classes; a single logit tells class 1 from class 0.
   *
   * @param logits float32 {@code [N, K]}
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

  /** The index of the largest number; among equals the first. */
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
