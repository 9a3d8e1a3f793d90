package dev.trifocal.onnx.internal.file;

/** Converts 16-bit floating-point numbers exactly to wider ones. */
public final class HalfPrecision {
  private HalfPrecision() {}

  /** Converts an IEEE 754 binary16 number: 1 sign bit, 5 exponent bits, 10 fraction bits. */
  public static double float16(short bits) {
    int exponent = bits >> 10 & 0x1f;
    int fraction = bits & 0x3ff;
    double size =
        switch (exponent) {
          case 0 -> fraction * 0x1p-24;
          case 0x1f -> fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
          default -> Math.scalb(1 + fraction * 0x1p-10, exponent - 15);
        };
    return bits < 0 ? -size : size;
  }

  /** Converts a bfloat16 number, the upper half of a float32. */
  static double bfloat16(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }
}
