package dev.trifocal.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A picture")
class ImageTest {
  @Test
  void isFlippedLeftToRight() {
    Image gray = Image.of(2, 3, 1, new byte[] {1, 2, 3, 4, 5, 6});
    assertThat(gray.flip().toBytes()).containsExactly(3, 2, 1, 6, 5, 4);
    Image colours = Image.of(1, 2, 3, new byte[] {1, 2, 3, 4, 5, 6});
    assertThat(colours.flip().toBytes()).containsExactly(4, 5, 6, 1, 2, 3);
    assertThat(gray.toBytes()).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void isInvertedByteByByte() {
    Image gray = Image.of(1, 3, 1, new byte[] {0, (byte) 200, (byte) 255});
    assertThat(gray.invert().toBytes()).containsExactly(255, 55, 0);
  }

  /** Values of Pillow's {@code convert("L")}. */
  @Test
  void becomesGrayByTheLumaOfTelevision() {
    Image primaries =
        Image.of(
            1, 4, 3, new byte[] {-1, 0, 0, 0, -1, 0, 0, 0, -1, (byte) 200, (byte) 100, (byte) 50});
    assertThat(primaries.gray().toBytes()).containsExactly(76, 150, 29, 124);
    assertThat(primaries.gray().rgb().at(0, 3, 2)).isEqualTo(124);
  }
}
