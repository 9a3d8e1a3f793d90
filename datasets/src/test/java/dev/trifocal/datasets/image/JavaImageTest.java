package dev.trifocal.datasets.image;

import static java.awt.image.BufferedImage.TYPE_BYTE_GRAY;
import static java.awt.image.BufferedImage.TYPE_BYTE_INDEXED;
import static java.awt.image.BufferedImage.TYPE_INT_ARGB_PRE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.image.Image;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JavaImageTest {
  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_INT_RGB,
        BufferedImage.TYPE_INT_BGR,
        BufferedImage.TYPE_INT_ARGB,
        TYPE_INT_ARGB_PRE,
        BufferedImage.TYPE_3BYTE_BGR,
        BufferedImage.TYPE_4BYTE_ABGR,
        BufferedImage.TYPE_4BYTE_ABGR_PRE
      })
  void colours_are_the_same_whatever_the_order_of_their_bytes(int type) {
    Image picture = ImageFile.image(image(type, 0xFFFF8000));
    assertThat(picture.channels()).isEqualTo(3);
    assertThat(pixel(picture)).containsExactly(255, 128, 0);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_INT_ARGB,
        TYPE_INT_ARGB_PRE,
        BufferedImage.TYPE_4BYTE_ABGR,
        BufferedImage.TYPE_4BYTE_ABGR_PRE
      })
  void what_is_half_transparent_shows_half_the_paper(int type) {
    int[] pixel = pixel(ImageFile.image(image(type, 0x80FF0000)));
    assertThat(pixel[0]).isEqualTo(255);
    assertThat(pixel[1]).isBetween(126, 128);
    assertThat(pixel[2]).isBetween(126, 128);
  }

  @Test
  void images_are_encoded_where_there_is_no_folder_for_temporary_files(@TempDir Path folder)
      throws IOException {
    Path gone = Files.createDirectory(folder.resolve("gone"));
    ImageIO.setCacheDirectory(gone.toFile());
    Files.delete(gone);
    try {
      byte[] png = ImageFile.encoded(image(BufferedImage.TYPE_INT_RGB, 0xFFFF8000), "png");
      assertThat(pixel(ImageFile.image(ImageIO.read(stream(png))))).containsExactly(255, 128, 0);
    } finally {
      ImageIO.setCacheDirectory(null);
    }
  }

  private static ImageInputStream stream(byte[] bytes) {
    return new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes));
  }

  @Test
  void gray_is_taken_as_it_is() {
    BufferedImage image = new BufferedImage(3, 2, TYPE_BYTE_GRAY);
    image.getRaster().setSample(1, 1, 0, 100);
    assertThat(pixel(ImageFile.image(image))).containsExactly(100, 100, 100);
  }

  @Test
  void palettes_are_looked_up() {
    assertThat(pixel(ImageFile.image(image(TYPE_BYTE_INDEXED, 0xFFFF0000))))
        .containsExactly(255, 0, 0);
  }

  private static BufferedImage image(int type, int colour) {
    BufferedImage image = new BufferedImage(3, 2, type);
    image.setRGB(1, 1, colour);
    return image;
  }

  private static int[] pixel(Image image) {
    return new int[] {image.at(1, 1, 0), image.at(1, 1, 1), image.at(1, 1, 2)};
  }
}
