package dev.trifocal.onnx.internal.operator;

import java.util.stream.IntStream;

/**
 * The sampling grid of Resize in mode nearest.
 *
 * @param coordinates ONNX's coordinate_transformation_mode
 * @param rounding ONNX's nearest_mode
 */
record NearestGrid(String coordinates, String rounding) {
  /** The largest factor to check; grids of larger factors do not differ further. */
  private static final int MOST = 1 << 16;

  boolean half() {
    return coordinates.equals("half_pixel") || coordinates.equals("pytorch_half_pixel");
  }

  /**
   * Returns whether each element is repeated {@code factor} times; the grid is the same around
   * every element.
   */
  boolean repeats(double factor) {
    return factor == (int) factor
        && known()
        && IntStream.range(0, 2 * (int) Math.min(factor, MOST))
            .allMatch(place -> nearest(place, factor) == place / (int) factor);
  }

  /** Returns whether the grid is independent of the output size. */
  private boolean known() {
    return half() || coordinates.equals("asymmetric") || coordinates.equals("tf_half_pixel_for_nn");
  }

  private long nearest(int place, double factor) {
    double source =
        switch (coordinates) {
          case "asymmetric" -> place / factor;
          case "tf_half_pixel_for_nn" -> (place + 0.5) / factor;
          default -> (place + 0.5) / factor - 0.5;
        };
    double whole =
        switch (rounding) {
          case "floor" -> Math.floor(source);
          case "ceil" -> Math.ceil(source);
          case "round_prefer_ceil" -> Math.floor(source + 0.5);
          default -> Math.ceil(source - 0.5);
        };
    return (long) Math.max(0, whole);
  }

  /** Formats the attributes as ONNX names them. */
  @Override
  public String toString() {
    return "coordinate_transformation_mode %s, nearest_mode %s".formatted(coordinates, rounding);
  }
}
