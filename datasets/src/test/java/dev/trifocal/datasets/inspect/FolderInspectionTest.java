package dev.trifocal.datasets.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.trifocal.datasets.folder.ImageFolder;
import dev.trifocal.image.Image;
import java.awt.geom.AffineTransform;
import java.awt.image.AffineTransformOp;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderInspectionTest {
  @TempDir Path root;

  @BeforeEach
  void set_up() throws IOException {
    waves("train/ants/a.png", 1, 60, 80);
    waves("train/ants/b.png", 2, 30, 90);
    waves("train/bees/c.png", 3, 50, 50);
    waves("train/bees/d.JPG", 4, 200, 100);
    waves("val/ants/e.png", 5, 64, 64);
  }

  @Test
  void counts_sizes_and_formats() {
    FolderInspection inspection = inspected();

    assertThat(inspection.counts("train")).isEqualTo(Map.of("ants", 2L, "bees", 2L));
    assertThat(inspection.counts("validation")).isEqualTo(Map.of("ants", 1L, "bees", 0L));
    assertThat(inspection.sizes()).extracting(ImageFacts::height).containsExactly(50, 64, 200);
    assertThat(inspection.sizes()).extracting(ImageFacts::width).containsExactly(50, 64, 100);
    assertThat(inspection.formats()).isEqualTo(Map.of("png", 4L, "jpeg", 1L));
    assertThat(inspection.twins()).isEmpty();
  }

  @Test
  void copies_are_found_in_all_parts() throws IOException {
    Files.copy(root.resolve("train/ants/a.png"), root.resolve("train/bees/copy.png"));
    Files.copy(root.resolve("train/ants/b.png"), root.resolve("val/ants/copy.png"));

    assertThat(inspected().twins())
        .extracting(
            DuplicateImages::sameBytes, DuplicateImages::acrossParts, DuplicateImages::distance)
        .containsExactlyInAnyOrder(tuple(true, false, 0), tuple(true, true, 0));
  }

  @Test
  void a_picture_made_smaller_and_compressed_is_found_in_another_part_only() throws IOException {
    smaller("train/ants/a.png", "val/ants/smaller.jpg");
    smaller("train/bees/d.JPG", "train/ants/smaller.jpg");

    assertThat(inspected().twins())
        .singleElement()
        .satisfies(
            twins -> {
              assertThat(twins.one().file()).isEqualTo(root.resolve("train/ants/a.png"));
              assertThat(twins.other().file()).isEqualTo(root.resolve("val/ants/smaller.jpg"));
              assertThat(twins.sameBytes()).isFalse();
            });
  }

  @Test
  void pictures_with_nothing_in_them_are_no_twins() throws IOException {
    write("train/ants/white.png", new BufferedImage(20, 20, BufferedImage.TYPE_INT_RGB));
    write("val/ants/larger.png", new BufferedImage(30, 30, BufferedImage.TYPE_INT_RGB));

    assertThat(inspected().twins()).isEmpty();
  }

  @Test
  void the_hash_is_a_bit_for_each_pixel_that_is_darker_than_the_one_to_its_right() {
    byte[] values = new byte[72];
    values[1] = 10;
    values[71] = 10;
    PerceptualHash hash = PerceptualHash.of(Image.of(8, 9, 1, values));

    assertThat(hash.bits()).isEqualTo(1L << 63 | 1);
    assertThat(hash.distance(new PerceptualHash(1L << 63))).isEqualTo(1);
  }

  @Test
  void a_sheet_shows_pictures_in_rows_with_their_proportions_kept() {
    Image wide = Image.of(2, 8, 1, new byte[16]);
    Image square = Image.of(4, 4, 3, new byte[48]);

    Image sheet = new ContactSheet(16).of(List.of(List.of(wide, square), List.of(square)));

    assertThat(sheet.height()).isEqualTo(44);
    assertThat(sheet.width()).isEqualTo(44);
    assertThat(sheet.at(4, 4, 0)).as("above the wide one").isEqualTo(255);
    assertThat(sheet.at(12, 4, 0)).as("within the wide one").isZero();
    assertThat(sheet.at(4, 24, 0)).as("within the square one").isZero();
    assertThat(sheet.at(30, 30, 0)).as("an empty place").isEqualTo(255);
  }

  private FolderInspection inspected() {
    return FolderInspection.of(ImageFolder.scan(root));
  }

  /** Smooth, and each kind unlike the others. */
  private void waves(String file, int kind, int height, int width) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double u = (double) x / width;
        double v = (double) y / height;
        double wave =
            Math.sin(kind * 5.3 * u + kind * kind * v) * Math.cos(9.1 * v - 3.7 * kind * u);
        image.setRGB(x, y, ((int) (127 + 120 * wave)) * 0x010101);
      }
    }
    write(file, image);
  }

  private void smaller(String from, String to) throws IOException {
    BufferedImage image = ImageIO.read(root.resolve(from).toFile());
    AffineTransformOp half =
        new AffineTransformOp(
            AffineTransform.getScaleInstance(0.5, 0.5), AffineTransformOp.TYPE_BILINEAR);
    BufferedImage target =
        new BufferedImage(image.getWidth() / 2, image.getHeight() / 2, BufferedImage.TYPE_INT_RGB);
    target.createGraphics().drawImage(image, half, 0, 0);
    write(to, target);
  }

  private void write(String file, BufferedImage image) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    String ending = file.substring(file.lastIndexOf('.') + 1);
    ImageIO.write(image, ending, path.toFile());
  }
}
