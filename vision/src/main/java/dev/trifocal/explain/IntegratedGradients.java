package dev.trifocal.explain;

import dev.trifocal.error.ConfigurationException;
import dev.trifocal.tensor.Tensor;
import java.nio.FloatBuffer;

/**
 * Integrated gradients (Sundararajan et al. 2017): the image times the mean gradient of the score
 * on the way from an input of zeros to the image, summed over the channels. The sum of the map
 * approaches the difference of both scores. Zero is the mean colour for a preprocessing that
 * subtracts it, and black for one that does not.
 *
 * @param steps number of points on the way, in the middles of as many equal parts
 */
public record IntegratedGradients(int steps) implements ExplanationMethod {
  /** Points in one run of the engine. */
  private static final int BATCH = 8;

  /**
   * @throws ConfigurationException unless {@code steps} is positive
   */
  public IntegratedGradients {
    if (steps <= 0) {
      throw new ConfigurationException(
          "integrated gradients need at least 1 step, but have " + steps);
    }
  }

  @Override
  public HeatMap explain(ExplainedClassifier classifier, Tensor image, int label) {
    double[] sums = new double[Math.toIntExact(image.shape().elements())];
    for (int first = 0; first < steps; first += BATCH) {
      Tensor points = points(image, first, Math.min(steps - first, BATCH));
      FloatBuffer gradient = classifier.gradient(classifier.input(), points, label).floats();
      for (int i = 0; i < sums.length; i++) {
        sums[i] += gradient.get(i);
      }
    }
    return attribution(image, sums);
  }

  /** Returns points on the way, {@code [count, C, H, W]}. */
  private Tensor points(Tensor image, int first, int count) {
    float[] values = image.toFloats();
    return Tensor.floats(
        image.shape().with(0, count),
        buffer -> {
          for (int point = first; point < first + count; point++) {
            double share = (point + 0.5) / steps;
            for (float value : values) {
              buffer.put((float) (share * value));
            }
          }
        });
  }

  private HeatMap attribution(Tensor image, double... sums) {
    int height = image.shape().size(2);
    int width = image.shape().size(3);
    FloatBuffer values = image.floats();
    double[] result = new double[height * width];
    for (int i = 0; i < sums.length; i++) {
      result[i % result.length] += values.get(i) * sums[i] / steps;
    }
    return HeatMap.of(height, width, result);
  }
}
