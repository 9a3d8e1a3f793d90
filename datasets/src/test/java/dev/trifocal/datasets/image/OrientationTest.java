package dev.trifocal.datasets.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.image.Image;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The file's blocks of light are 1 2 3 in its first row and 4 5 6 in its second one. */
@DisplayName("A picture that lies in its file")
class OrientationTest {
  private static final int BLOCK = 16;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "0, 123 456",
    "1, 123 456",
    "2, 321 654",
    "3, 654 321",
    "4, 456 123",
    "5, 14 25 36",
    "6, 41 52 63",
    "7, 63 52 41",
    "8, 36 25 14",
    "9, 123 456"
  })
  void isStoodUpAsExifSays(int orientation, String rows) throws IOException {
    for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
      assertThat(blocks(ImageFile.read(file(exif(orientation, order))))).isEqualTo(rows);
    }
  }

  @Test
  void isLeftAloneWhereExifMakesNoSense() throws IOException {
    byte[] whole = exif(6, ByteOrder.LITTLE_ENDIAN);
    for (int length = 0; length < whole.length - 8; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThat(blocks(ImageFile.read(file(cut)))).isEqualTo("123 456");
    }
    byte[] astray = whole.clone();
    astray[6 + 7] = (byte) 0x7F;
    assertThat(blocks(ImageFile.read(file(astray)))).isEqualTo("123 456");
  }

  private static String blocks(Image image) {
    StringBuilder result = new StringBuilder();
    for (int y = BLOCK / 2; y < image.height(); y += BLOCK) {
      result.append(y > BLOCK ? " " : "");
      for (int x = BLOCK / 2; x < image.width(); x += BLOCK) {
        result.append(Math.round(image.at(y, x, 1) / 40f));
      }
    }
    return result.toString();
  }

  private Path file(byte[] exif) throws IOException {
    byte[] values = new byte[6 * BLOCK * BLOCK];
    for (int i = 0; i < values.length; i++) {
      int y = i / (3 * BLOCK) / BLOCK;
      int x = i % (3 * BLOCK) / BLOCK;
      values[i] = (byte) (40 * (3 * y + x + 1));
    }
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    ImageIO.write(BufferedImages.over(2 * BLOCK, 3 * BLOCK, 1, values), "jpeg", jpeg);
    ByteArrayOutputStream result = new ByteArrayOutputStream();
    byte[] bytes = jpeg.toByteArray();
    result.write(bytes, 0, 2);
    result.write(new byte[] {-1, (byte) 0xE1, 0, (byte) (exif.length + 2)});
    result.write(exif);
    result.write(bytes, 2, bytes.length - 2);
    return Files.write(folder.resolve("lying.jpg"), result.toByteArray());
  }

  private static byte[] exif(int orientation, ByteOrder order) {
    ByteBuffer buffer = ByteBuffer.allocate(6 + 8 + 2 + 2 * 12 + 4).order(order);
    buffer.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
    buffer.put(
        (order == ByteOrder.LITTLE_ENDIAN ? "II" : "MM").getBytes(StandardCharsets.US_ASCII));
    buffer.putShort((short) 42).putInt(8).putShort((short) 2);
    buffer.putShort((short) 0x0100).putShort((short) 3).putInt(1).putInt(7);
    buffer.putShort((short) 0x0112).putShort((short) 3).putInt(1);
    buffer.putShort((short) orientation).putShort((short) 0).putInt(0);
    return buffer.array();
  }
}
