package dev.trifocal.datasets.augment;

import dev.trifocal.image.Image;
import dev.trifocal.random.RandomStream;

/**
 * Randomly deforms images as the U-Net paper does (Ronneberger et al., 2015): displacements are
 * Gaussian on a grid of 3 by 3 points and interpolated smoothly between them. Uncovered pixels are
 * black.
 *
 * @param deviation the standard deviation of displacements, as a fraction of the shorter side,
 *     within (0, 1]
 */
public record ElasticDeformation(double deviation) implements RandomTransform {
  /** The name of this augmentation. */
  public static final String NAME = "elastic";

  /** Displaces with a standard deviation of a fiftieth, 10 pixels of 512 as in the paper. */
  public static final ElasticDeformation STANDARD = new ElasticDeformation(0.02);

  private static final int POINTS = 3;

  public ElasticDeformation {
    AugmentationStrength.PART.require(NAME, deviation);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Image apply(Image image, RandomStream stream) {
    return map(image, stream).apply(image);
  }

  @Override
  public Image applyToMask(Image mask, int uncovered, RandomStream stream) {
    return map(mask, stream).applyNearest(mask, uncovered);
  }

  private PixelMap map(Image image, RandomStream stream) {
    int height = image.height();
    int width = image.width();
    double most = deviation * Math.min(height, width);
    float[] right = displacements(stream.at("right"), most, height, width);
    float[] down = displacements(stream.at("down"), most, height, width);
    return new PixelMap() {
      @Override
      public double sourceX(int x, int y) {
        return x + 0.5 + right[y * width + x];
      }

      @Override
      public double sourceY(int x, int y) {
        return y + 0.5 + down[y * width + x];
      }
    };
  }

  /** Returns a displacement for each pixel, interpolated by a bicubic spline (Catmull-Rom). */
  private static float[] displacements(
      RandomStream stream, double deviation, int height, int width) {
    double[] grid = new double[POINTS * POINTS];
    for (int i = 0; i < grid.length; i++) {
      grid[i] = deviation * stream.gaussian(i);
    }
    double[][] columns = new double[width][];
    for (int x = 0; x < width; x++) {
      columns[x] = shares((x + 0.5) / width);
    }
    float[] result = new float[height * width];
    for (int y = 0; y < height; y++) {
      double[] rows = shares((y + 0.5) / height);
      for (int x = 0; x < width; x++) {
        double sum = 0;
        for (int i = 0; i < grid.length; i++) {
          sum += rows[i / POINTS] * columns[x][i % POINTS] * grid[i];
        }
        result[y * width + x] = (float) sum;
      }
    }
    return result;
  }

  /**
   * Returns how much each point of a line counts at a position within [0, 1], of which the first
   * point is at 0 and the last one at 1. Beyond the ends, the line has the values of its ends.
   */
  private static double[] shares(double position) {
    double[] result = new double[POINTS];
    double at = position * (POINTS - 1);
    int first = Math.min(POINTS - 2, (int) at);
    double t = at - first;
    double[] cubic = {
      (-t + 2 * t * t - t * t * t) / 2,
      (2 - 5 * t * t + 3 * t * t * t) / 2,
      (t + 4 * t * t - 3 * t * t * t) / 2,
      (-t * t + t * t * t) / 2
    };
    for (int i = 0; i < cubic.length; i++) {
      result[Math.max(0, Math.min(POINTS - 1, first - 1 + i))] += cubic[i];
    }
    return result;
  }
}
