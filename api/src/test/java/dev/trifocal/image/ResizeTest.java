package dev.trifocal.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.DataException;
import dev.trifocal.shape.Shape;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A picture in another size")
class ResizeTest {
  static List<String> sizes() throws IOException {
    return lines("resize.txt");
  }

  static List<String> cuts() throws IOException {
    return lines("preparation.txt");
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void hasPillowsBytes(String line) {
    String[] words = line.split(" ");
    int[] n = numbers(words, 5);
    byte[] made = NoiseImages.image(n[1], n[2], n[0]).resize(n[3], n[4]).toBytes();
    if (words.length > 6) {
      assertThat(HexFormat.of().formatHex(made)).isEqualTo(words[6]);
    }
    assertThat(crc(made)).isEqualTo(Long.parseLong(words[5]));
  }

  @ParameterizedTest
  @MethodSource("cuts")
  void isCutAsTorchvisionCutsIt(String line) {
    String[] words = line.split(" ");
    int[] n = numbers(words, 6);
    ImagePreprocessor preprocessor =
        new ImagePreprocessor(
            Preprocessing.TORCHVISION.shorterSide(n[3]), Shape.of(n[0], n[4], n[5]));
    byte[] made = preprocessor.fit(NoiseImages.image(n[1], n[2], n[0])).toBytes();
    assertThat(crc(made)).isEqualTo(Long.parseLong(words[6]));
  }

  @Test
  void isTheSameInParts() {
    Image image = NoiseImages.image(40, 31, 3);
    for (int height : new int[] {13, 40, 61}) {
      for (int width : new int[] {9, 31, 50}) {
        Image whole = image.resize(height, width);
        for (CropBox part :
            List.of(new CropBox(2, 1, 5, 7), new CropBox(height - 4, width - 3, 4, 3))) {
          assertThat(image.resize(height, width, part).toBytes())
              .isEqualTo(whole.crop(part).toBytes());
        }
      }
    }
  }

  @Test
  void hasAPositiveSize() {
    Image image = NoiseImages.image(4, 4, 1);
    assertThatThrownBy(() -> image.resize(0, 4)).isInstanceOf(DataException.class);
    assertThatThrownBy(() -> image.resize(3, 3, new CropBox(1, 1, 3, 1)))
        .hasMessageContaining("is not within an image of 3x3");
  }

  @Test
  void ofOneColourKeepsIt() {
    byte[] white = new byte[20001];
    Arrays.fill(white, (byte) 255);
    assertThat(Image.of(1, 20001, 1, white).resize(1, 1).at(0, 0, 0)).isEqualTo(255);
  }

  private static List<String> lines(String name) throws IOException {
    try (var stream = ResizeTest.class.getResourceAsStream(name);
        var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.US_ASCII))) {
      return reader.lines().toList();
    }
  }

  private static int[] numbers(String[] words, int count) {
    return IntStream.range(0, count).map(i -> Integer.parseInt(words[i])).toArray();
  }

  private static long crc(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return crc.getValue();
  }
}
