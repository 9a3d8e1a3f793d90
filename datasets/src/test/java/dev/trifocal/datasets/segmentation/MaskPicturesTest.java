package dev.trifocal.datasets.segmentation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.image.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaskPicturesTest {
  private static final Image MASK = Image.of(1, 4, 1, new byte[] {0, 1, 2, (byte) 255});

  @TempDir Path folder;

  @Test
  void a_written_mask_has_the_ids_as_numbers_and_the_colours_for_people() throws IOException {
    Path file = folder.resolve("mask.png");
    Files.write(file, MaskPng.encode(MASK, ClassColours.of(3)));
    StoredMask read = StoredMask.read(file);
    assertThat(read.samples()).containsExactly(0, 1, 2, 255);
    assertThat(read.kinds().colour(1)).isEqualTo(0x800000);
    assertThat(read.kinds().colour(255)).isEqualTo(ClassColours.VOID);
  }

  @Test
  void colours_are_those_of_pascal_voc() {
    assertThat(ClassColours.of(21))
        .startsWith(0x000000, 0x800000, 0x008000, 0x808000, 0x000080, 0x800080, 0x008080, 0x808080)
        .endsWith(0x004080)
        .doesNotHaveDuplicates();
  }

  @Test
  void an_overlay_shows_image_and_classes() {
    Image black = Image.of(1, 4, 1, new byte[4]);
    Image shown = new MaskOverlay(List.of(0xFFFFFF, 0x640000), 0.5).of(black, MASK);
    assertThat(shown.toBytes())
        .startsWith(128, 128, 128, 50, 0, 0)
        .endsWith((byte) 112, (byte) 112, (byte) 96);
  }
}
