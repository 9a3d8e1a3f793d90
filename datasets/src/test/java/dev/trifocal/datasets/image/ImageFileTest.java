package dev.trifocal.datasets.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.trifocal.error.FileException;
import dev.trifocal.image.Image;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files and expected values are made by {@code golden_pictures.py}. */
@DisplayName("A picture file")
class ImageFileTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "colours.png",
        "gray.png",
        "black-and-white.png",
        "gray16.png",
        "palette.png",
        "palette-alpha.png",
        "colours.bmp",
        "palette.bmp",
        "frames.gif",
        "alpha.gif",
        "small-frame.gif",
        "small-frame-alpha.gif",
        "frame-beyond.gif",
        "lying.png",
        "lying-profile.png",
        "lying-xmp.png",
        "lossless.webp",
        "lying.webp",
        "profile.webp",
        "frames.webp",
        "raw.tif",
        "tiff_lzw.tif",
        "tiff_adobe_deflate.tif",
        "packbits.tif",
        "group3.tif",
        "group4.tif",
        "gray.tif",
        "palette.tif",
        "inks.tif",
        "lying.tif",
        "pages.tif"
      })
  void withoutLossIsReadAsPillowReadsIt(String name) throws IOException {
    assertThat(farthest(name)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"alpha.png", "gray-alpha.png", "alpha.webp", "alpha.tif"})
  void thatIsTransparentIsReadAsOnWhitePaper(String name) throws IOException {
    assertThat(farthest(name)).isLessThanOrEqualTo(1);
  }

  /** Decoders of JPEG may round differently. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "colours.jpg",
        "fine.jpg",
        "progressive.jpg",
        "gray.jpg",
        "profile.jpg",
        "inks.jpg",
        "ycck.jpg",
        "adobe-rgb.jpg",
        "adobe-luma.jpg",
        "jfif-adobe-rgb.jpg",
        "rgb-names.jpg",
        "no-names.jpg",
        "stray-bytes.jpg",
        "jpeg.tif"
      })
  void ofJpegIsReadAsPillowReadsIt(String name) throws IOException {
    assertThat(farthest(name)).isLessThanOrEqualTo(2);
  }

  /** Pillow's decoder smooths what the file has of colour at half the size; this one does not. */
  @Test
  void ofLossyWebpIsReadNearlyAsPillowReadsIt() throws IOException {
    assertThat(farthest("lossy.webp")).isLessThanOrEqualTo(16);
  }

  @Test
  void ofFloatingPointNumbersIsRefused() throws IOException {
    Path file = write("floats.tif", bytes("floats.tif"));
    assertThatThrownBy(() -> ImageFile.read(file))
        .isInstanceOf(FileException.class)
        .hasMessage(
            file
                + ": cannot be read: its samples are floating-point numbers; convert it to 8 or"
                + " 16 bits per sample");
  }

  @Test
  void ofAMethodThatIsRareIsNamedAndNotCalledDamaged() throws IOException {
    byte[] bytes = bytes("colours.jpg");
    bytes[find(bytes, 0xFF, 0xC0) + 1] = (byte) 0xC9;
    Path file = write("rare.jpg", bytes);
    assertThatThrownBy(() -> ImageFile.read(file))
        .isInstanceOf(FileException.class)
        .hasMessage(
            file
                + ": cannot be read: JPEG process SOF9 is not supported; convert it to"
                + " baseline or progressive JPEG, or to PNG");
  }

  @Test
  void thatEndsEarlyIsRefused() throws IOException {
    byte[] bytes = bytes("colours.jpg");
    Path file = write("half.jpg", Arrays.copyOf(bytes, bytes.length / 2 + bytes.length / 4));
    assertThatThrownBy(() -> ImageFile.read(file))
        .isInstanceOf(FileException.class)
        .hasMessage(file + ": cannot be read: the file is truncated; copy it again");
    byte[] png = bytes("colours.png");
    Path other = write("half.png", Arrays.copyOf(png, png.length / 2));
    assertThatThrownBy(() -> ImageFile.read(other))
        .isInstanceOf(FileException.class)
        .hasMessage(other + ": cannot be read: its PNG data is damaged; copy it again");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ftypheic | is an HEIC image, which is not read; convert it to JPEG or PNG
          ftypmif1 | is an HEIC image, which is not read; convert it to JPEG or PNG
          ftypavif | is an AVIF image, which is not read; convert it to JPEG or PNG
          version https://git-lfs.github.com/spec/v1 | is a Git LFS pointer, not an image; fetch it with git lfs pull, or download it again
          <!DOCTYPE html> | is a web page, not an image; download the file itself
          %PDF-1.4 | is a PDF document, not an image; convert its pages to PNG
          """)
  void ofWhichTheFormatIsKnownButNotReadIsNamed(String start, String expected) throws IOException {
    String text = start.startsWith("ftyp") ? "\0\0\0\u0018" + start : start;
    Path file = write("photo.jpg", text.getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> ImageFile.read(file)).hasMessage(file + " " + expected);
  }

  @Test
  void thatIsNoneIsNamed() throws IOException {
    Path text = write("a.jpg", "no picture".getBytes(StandardCharsets.UTF_8));
    Path empty = write("b.png", new byte[0]);
    assertThatThrownBy(() -> ImageFile.read(text))
        .hasMessage(text + " is not an image; expected PNG, JPEG, GIF, BMP, TIFF or WebP");
    assertThatThrownBy(() -> ImageFile.read(empty))
        .hasMessage(empty + " is not an image; expected PNG, JPEG, GIF, BMP, TIFF or WebP");
    assertThatThrownBy(() -> ImageFile.read(folder.resolve("c.png")))
        .hasMessage(folder.resolve("c.png") + ": cannot be read: there is no such file");
  }

  @Test
  void thatClaimsToBeHugeIsRefused() throws IOException {
    byte[] bytes = bytes("colours.jpg");
    int frame = find(bytes, 0xFF, 0xC0);
    bytes[frame + 5] = (byte) 0xFF;
    bytes[frame + 7] = (byte) 0xFF;
    Path file = write("huge.jpg", bytes);
    assertThatThrownBy(() -> ImageFile.read(file))
        .isInstanceOf(FileException.class)
        .hasMessage(
            file
                + ": cannot be read: it claims to be 65301 pixels high and 65314 wide; the limit is"
                + " 178,956,970 pixels");
  }

  @ParameterizedTest
  @ValueSource(strings = {"colours.png", "progressive.jpg", "lossless.webp", "lossy.webp"})
  void thatClaimsMoreThanItsBytesCanHoldIsRefusedBeforeItCostsMemory(String name)
      throws IOException {
    byte[] bytes = bytes(name);
    claimSquare(bytes, name, 12000);
    Path file = write(name, bytes);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    assertThatThrownBy(() -> ImageFile.read(file))
        .isInstanceOf(FileException.class)
        .hasMessage(
            file
                + ": cannot be read: it claims to be 12000 pixels high and 12000 wide, but has only "
                + "%,d bytes; copy it again, or save it anew".formatted(bytes.length));
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(16L << 20);
  }

  @Test
  void thatEndsBeforeItsPixelsAreDecodedIsRefusedAtItsEnd() throws IOException {
    byte[] bytes = bytes("frames.webp");
    int width = find(bytes, 'M', 'F') + 12;
    bytes[width] = (byte) 0xFF;
    bytes[width + 1] = 0x7F;
    Path file = write("early.webp", bytes);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    assertThatThrownBy(() -> ImageFile.read(file))
        .isInstanceOf(FileException.class)
        .hasMessage(file + ": cannot be read: its WEBP data is damaged; copy it again");
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(128L << 20);
  }

  /** Changes the sizes in the header. */
  private static void claimSquare(byte[] bytes, String name, int side) {
    ByteBuffer file = ByteBuffer.wrap(bytes);
    switch (name) {
      case "colours.png" -> file.putInt(16, side).putInt(20, side);
      case "progressive.jpg" -> {
        int frame = find(bytes, 0xFF, 0xC2);
        file.putShort(frame + 5, (short) side).putShort(frame + 7, (short) side);
      }
      case "lossy.webp" -> {
        int frame = find(bytes, 0x9D, 0x01);
        file.order(ByteOrder.LITTLE_ENDIAN);
        file.putShort(frame + 3, (short) side).putShort(frame + 5, (short) side);
      }
      default -> {
        int rest = file.order(ByteOrder.LITTLE_ENDIAN).getInt(21) & 0xF0000000;
        file.putInt(21, rest | side - 1 << 14 | side - 1);
      }
    }
  }

  @Test
  void isWrittenAsPng() throws IOException {
    for (int channels : new int[] {1, 3}) {
      byte[] values = new byte[5 * 4 * channels];
      for (int i = 0; i < values.length; i++) {
        values[i] = (byte) (37 * i);
      }
      Image image = Image.of(5, 4, channels, values);
      Path file = write("a.png", ImageFile.png(image));
      assertThat(ImageFile.read(file).toBytes()).isEqualTo(image.rgb().toBytes());
    }
  }

  private int farthest(String name) throws IOException {
    Image image = ImageFile.read(write(name, bytes(name)));
    BufferedImage expected;
    try (InputStream stream = getClass().getResourceAsStream(name + ".expected.png")) {
      expected = ImageIO.read(stream);
    }
    assertThat(image.height()).isEqualTo(expected.getHeight());
    assertThat(image.width()).isEqualTo(expected.getWidth());
    int farthest = 0;
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        for (int c = 0; c < 3; c++) {
          int value = expected.getRGB(x, y) >> 16 - 8 * c & 0xFF;
          farthest = Math.max(farthest, Math.abs(image.at(y, x, c) - value));
        }
      }
    }
    return farthest;
  }

  private static int find(byte[] bytes, int first, int second) {
    int at = 0;
    while ((bytes[at] & 0xFF) != first || (bytes[at + 1] & 0xFF) != second) {
      at++;
    }
    return at;
  }

  private byte[] bytes(String name) throws IOException {
    try (InputStream stream = getClass().getResourceAsStream(name)) {
      return stream.readAllBytes();
    }
  }

  private Path write(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }
}
