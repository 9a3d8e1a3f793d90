package dev.trifocal.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class HalfPrecisionTest {
  @ParameterizedTest
  @EnumSource
  void every_number_of_16_bits_comes_back_bit_for_bit(HalfPrecision format) {
    for (int bits = 0; bits <= 0xFFFF; bits++) {
      float value = format.value((short) bits);
      if (Float.isNaN(value)) {
        assertThat(format.rounded(value)).isNaN();
      } else {
        assertThat(format.bits(value)).as("%x", bits).isEqualTo((short) bits);
      }
    }
  }

  /** The values are from {@code api/src/test/python/golden_half.py}. */
  @Test
  void numbers_are_rounded_as_pytorch_does() throws IOException {
    List<String> lines =
        new String(
                HalfPrecisionTest.class.getResourceAsStream("half.csv").readAllBytes(),
                StandardCharsets.US_ASCII)
            .lines()
            .toList();
    assertThat(lines).hasSizeGreaterThan(2000);
    SoftAssertions all = new SoftAssertions();
    for (String line : lines) {
      String[] hex = line.split(",");
      float value = Float.intBitsToFloat(Integer.parseUnsignedInt(hex[0], 16));
      all.assertThat(String.format("%04x", HalfPrecision.FP16.bits(value)))
          .as("fp16 of %s (%s)", value, hex[0])
          .isEqualTo(hex[1]);
      all.assertThat(String.format("%04x", HalfPrecision.BF16.bits(value)))
          .as("bf16 of %s (%s)", value, hex[0])
          .isEqualTo(hex[2]);
    }
    all.assertAll();
  }

  @ParameterizedTest
  @CsvSource({"7f800001", "ff800001", "7fc00000", "7fffffff"})
  void nan_stays_nan_and_keeps_its_sign(String hex) {
    int bits = Integer.parseUnsignedInt(hex, 16);
    for (HalfPrecision format : HalfPrecision.values()) {
      float rounded = format.rounded(Float.intBitsToFloat(bits));
      assertThat(rounded).isNaN();
      assertThat(Float.floatToRawIntBits(rounded) < 0).isEqualTo(bits < 0);
    }
  }
}
