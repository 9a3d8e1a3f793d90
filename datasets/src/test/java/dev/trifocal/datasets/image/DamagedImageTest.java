package dev.trifocal.datasets.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.trifocal.error.FileException;
import dev.trifocal.random.RandomStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A damaged picture file")
class DamagedImageTest {
  private static final int TRIALS = 200;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "colours.jpg",
        "progressive.jpg",
        "ycck.jpg",
        "palette.png",
        "frames.gif",
        "palette.bmp",
        "lying-xmp.png",
        "small-frame.gif",
        "lossless.webp",
        "lossy.webp",
        "tiff_lzw.tif",
        "group4.tif"
      })
  void isReadOrRefusedInOneMessage(String name) throws IOException {
    byte[] whole = bytes(name);
    for (int trial = 0; trial < TRIALS; trial++) {
      byte[] damaged = damaged(whole, RandomStream.of(6).at(name).at(trial));
      Throwable thrown = catchThrowable(() -> new ImageDecoder("a.jpg", damaged).decode());
      if (thrown != null) {
        assertThat(thrown).isInstanceOf(FileException.class).hasMessageStartingWith("a.jpg");
        assertThat(thrown.getMessage()).doesNotContain("\n");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "colours.jpg",
        "fine.jpg",
        "gray.jpg",
        "colours.png",
        "colours.bmp",
        "lossless.webp",
        "lossy.webp",
        "raw.tif",
        "tiff_lzw.tif"
      })
  void isNeverReadWhereItsEndIsMissing(String name) throws IOException {
    byte[] whole = bytes(name);
    for (int length = 0; length < whole.length - 40; length += 23) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThat(catchThrowable(() -> new ImageDecoder(name, cut).decode()))
          .as("%d bytes", length)
          .isInstanceOf(FileException.class);
    }
  }

  /** Some bits turned over; in every other trial the end is missing too. */
  private static byte[] damaged(byte[] whole, RandomStream random) {
    boolean cut = random.below(0, 2) == 0;
    byte[] result = Arrays.copyOf(whole, cut ? random.below(1, whole.length) : whole.length);
    for (int i = 0; i < 4 && result.length > 0; i++) {
      result[random.below(2 + 2 * i, result.length)] ^= (byte) (1 << random.below(3 + 2 * i, 8));
    }
    return result;
  }

  private byte[] bytes(String name) throws IOException {
    try (InputStream stream = getClass().getResourceAsStream(name)) {
      return stream.readAllBytes();
    }
  }
}
