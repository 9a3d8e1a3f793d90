package dev.trifocal.datasets.digits;

import java.util.stream.DoubleStream;

/**
 * A smooth random displacement of the unit square and its surroundings: a uniform cubic B-spline
 * over a lattice of random vectors (the elastic distortion of Simard, Steinkraus and Platt, "Best
 * practices for convolutional neural networks", ICDAR 2003, with a spline instead of a Gaussian).
 */
final class ElasticDistortion {
  private static final int SPANS = 3;
  private static final int NODES = SPANS + 3;

  private final double[] dx;
  private final double[] dy;

  /**
   * Creates a distortion.
   *
   * @param strength the standard deviation of the lattice vectors, relative to the side of the
   *     square
   */
  ElasticDistortion(RandomSequence random, double strength) {
    dx = lattice(random, strength);
    dy = lattice(random, strength);
  }

  Point displace(Point p) {
    double[] across = weights(p.x());
    double[] down = weights(p.y());
    int left = span(p.x());
    int top = span(p.y());
    double x = p.x();
    double y = p.y();
    for (int row = 0; row < 4; row++) {
      for (int column = 0; column < 4; column++) {
        double weight = down[row] * across[column];
        int node = (top + row) * NODES + left + column;
        x += weight * dx[node];
        y += weight * dy[node];
      }
    }
    return new Point(x, y);
  }

  private static double[] lattice(RandomSequence random, double strength) {
    return DoubleStream.generate(() -> strength * random.gaussian()).limit(NODES * NODES).toArray();
  }

  private static int span(double position) {
    return (int) Math.max(0, Math.min(SPANS - 1, Math.floor(position * SPANS)));
  }

  private static double[] weights(double position) {
    double t = Math.max(0, Math.min(1, position * SPANS - span(position)));
    double s = 1 - t;
    return new double[] {
      s * s * s / 6,
      (3 * t * t * t - 6 * t * t + 4) / 6,
      (3 * s * s * s - 6 * s * s + 4) / 6,
      t * t * t / 6
    };
  }
}
