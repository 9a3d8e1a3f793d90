package dev.trifocal.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Locale;

/** The floating-point formats of 16 bits. Each of their numbers is a float32 as well. */
public enum HalfPrecision {
  /** IEEE 754 binary16: 1 sign bit, 5 exponent bits, 10 fraction bits; up to 65504. */
  FP16,

  /** bfloat16, the upper half of a float32: 1 sign bit, 8 exponent bits, 7 fraction bits. */
  BF16;

  private static final int SIGN = 0x8000;
  private static final int EXPONENT = 0x1F;
  private static final int FRACTION = 0x3FF;
  private static final int FRACTION_BITS = 10;

  /** The difference between the exponents of a float32 and of an fp16 number of the same value. */
  private static final int BIAS = 112;

  private static final float SMALLEST_NORMAL = 0x1p-14f;

  /** Returns the float32 that equals a number of this format. */
  public float value(short bits) {
    return switch (this) {
      case FP16 -> fp16Value(bits);
      case BF16 -> Float.intBitsToFloat(bits << Short.SIZE);
    };
  }

  /**
   * Returns the nearest number of this format, of two equally near ones that with an even fraction.
   * Finite values beyond the range become infinite; NaN stays NaN.
   */
  public short bits(float value) {
    int all = Float.floatToRawIntBits(value);
    int sign = all >>> Short.SIZE & SIGN;
    int size = all & Integer.MAX_VALUE;
    return (short)
        (sign
            | switch (this) {
              case FP16 -> fp16Size(size);
              case BF16 -> bf16Size(size);
            });
  }

  /** Returns the float32 that a value becomes when it is stored in this format. */
  public float rounded(float value) {
    return value(bits(value));
  }

  /**
   * Returns the elements of a float32 tensor in this format, little-endian.
   *
   * @throws dev.trifocal.error.TrifocalException if the elements are not float32
   */
  public ByteBuffer narrowed(Tensor tensor) {
    FloatBuffer wide = tensor.floats();
    ByteBuffer narrow =
        ByteBuffer.allocate(wide.remaining() * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    while (wide.hasRemaining()) {
      narrow.putShort(bits(wide.get()));
    }
    return narrow.flip();
  }

  /** Returns {@code fp16} or {@code bf16}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static float fp16Value(short bits) {
    int exponent = bits >> FRACTION_BITS & EXPONENT;
    int fraction = bits & FRACTION;
    int sign = (bits & SIGN) << Short.SIZE;
    if (exponent == EXPONENT) {
      return Float.intBitsToFloat(sign | 0x7F800000 | fraction << 13);
    }
    float size =
        exponent == 0
            ? Math.scalb((float) fraction, -24)
            : Float.intBitsToFloat(exponent + BIAS << 23 | fraction << 13);
    return sign == 0 ? size : -size;
  }

  /**
   * @param size the bits of a float32 without its sign
   */
  private static int fp16Size(int size) {
    float value = Float.intBitsToFloat(size);
    if (Float.isNaN(value)) {
      // A fraction whose upper bits are zero would become an infinity.
      return EXPONENT << FRACTION_BITS | 0x200 | size >> 13 & FRACTION;
    }
    if (value < SMALLEST_NORMAL) {
      // Exact before it is rounded, as it only moves the exponent.
      return (int) Math.rint(value * 0x1p24);
    }
    int rounded = withoutLowest(size, 13) - (BIAS << FRACTION_BITS);
    return Math.min(rounded, EXPONENT << FRACTION_BITS);
  }

  private static int bf16Size(int size) {
    return Float.isNaN(Float.intBitsToFloat(size))
        ? size >>> Short.SIZE | 0x40
        : withoutLowest(size, Short.SIZE);
  }

  /** Rounds to even. A fraction that overflows increments the exponent, as it should. */
  private static int withoutLowest(int bits, int dropped) {
    int odd = bits >>> dropped & 1;
    return bits + (1 << dropped - 1) - 1 + odd >>> dropped;
  }
}
