package dev.trifocal.tensor;

/** Converts 16-bit floating-point numbers exactly to float32. */
public final class HalfPrecision {
  private static final int EXPONENT = 0x1F;
  private static final int FRACTION = 0x3FF;

  private HalfPrecision() {}

  /** Converts an IEEE 754 binary16 number: 1 sign bit, 5 exponent bits, 10 fraction bits. */
  public static float float16(short bits) {
    int exponent = bits >> 10 & EXPONENT;
    int fraction = bits & FRACTION;
    int sign = (bits & 0x8000) << 16;
    if (exponent == EXPONENT) {
      return Float.intBitsToFloat(sign | 0x7F800000 | fraction << 13);
    }
    float size =
        exponent == 0
            ? Math.scalb((float) fraction, -24)
            : Float.intBitsToFloat(exponent + 112 << 23 | fraction << 13);
    return sign == 0 ? size : -size;
  }

  /** Converts a bfloat16 number, the upper half of a float32. */
  public static float bfloat16(short bits) {
    return Float.intBitsToFloat(bits << Short.SIZE);
  }
}
