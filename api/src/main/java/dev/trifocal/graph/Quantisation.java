package dev.trifocal.graph;

/**
 * How whole numbers stand for real ones, as in ONNX's {@code QuantizeLinear}.
 *
 * @param scale difference between the real numbers of two neighbouring whole ones, above 0
 * @param zeroPoint whole number that stands for 0
 */
public record Quantisation(double scale, double zeroPoint) {
  /** Real numbers that stand for themselves. */
  public static final Quantisation NONE = new Quantisation(1, 0);

  /** Returns the real number that a whole one stands for. */
  public double real(double whole) {
    return (whole - zeroPoint) * scale;
  }
}
