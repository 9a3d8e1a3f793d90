package dev.trifocal.datasets.segmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.trifocal.data.Dataset;
import dev.trifocal.data.Splits;
import dev.trifocal.datasets.folder.Caching;
import dev.trifocal.datasets.folder.ImageOptions;
import dev.trifocal.image.ImagePreprocessor;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.shape.Shape;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentationFolderTest {
  private static final ImageOptions OPTIONS =
      ImageOptions.of(
          new ImagePreprocessor(
              Preprocessing.UNIT, Shape.of(3, TestPairs.HEIGHT, TestPairs.WIDTH)));

  @TempDir Path place;
  private Path root;
  private TestPairs files;

  @BeforeEach
  void set_up() {
    root = place.resolve("streets");
    files = new TestPairs(root);
  }

  @Test
  void masks_belong_to_the_images_of_their_names_in_each_split() {
    files
        .image("train/images/b.png")
        .mask("train/masks/b.png", 0, 1)
        .image("train/images/a.jpg")
        .mask("train/masks/a_mask.png", 2, 1)
        .image("val/images/c.png")
        .mask("val/masks/c.png", 1, 2)
        .image("test/images/d.png")
        .mask("test/masks/d.gif", 0, 2);

    SegmentationFolder scanned = scan();
    Splits splits = scanned.splits(OPTIONS, 1);

    assertThat(scanned.problems()).isEmpty();
    assertThat(scanned.classes()).containsExactly("0", "1", "2");
    assertThat(splits.drawn()).isEmpty();
    assertThat(firstRow(splits.train(), 0)).containsExactly(2, 1, 1, 1, 1, 1, 1, 1);
    assertThat(firstRow(splits.train(), 1)).containsExactly(0, 1, 1, 1, 1, 1, 1, 1);
    assertThat(firstRow(splits.validation().orElseThrow(), 0)).startsWith(1, 2);
    assertThat(firstRow(splits.test().orElseThrow(), 0)).startsWith(0, 2);
    assertThat(splits.train().isSegmentation()).isTrue();
    assertThat(splits.train().ignoreIndex()).hasValue(255);
  }

  @Test
  void a_name_that_ends_as_masks_do_is_that_of_its_own_mask() {
    files.image("images/a_mask.png").mask("masks/a_mask.png", 0, 1);
    files.image("images/b.png").mask("masks/b_gt.png", 0, 1);
    assertThat(scan().problems()).isEmpty();
    assertThat(scan().parts().get("train")).hasSize(2);
  }

  @Test
  void images_and_masks_beside_the_splits_are_not_used() {
    files.image("images/a.png").mask("masks/a.png", 0, 1);
    assertThat(scan().notes()).isEmpty();
    files.image("train/images/b.png").mask("train/masks/b.png", 0, 1);
    assertThat(scan().notes())
        .singleElement()
        .asString()
        .startsWith("note: ignoring " + root.resolve("images"));
  }

  @Test
  void splits_may_be_below_images_and_masks() {
    files
        .image("images/training/a.png")
        .mask("annotations/training/a.png", 0, 1)
        .image("images/validation/b.png")
        .mask("annotations/validation/b.png", 1, 0);
    assertThat(scan().parts()).containsOnlyKeys("train", "validation");
  }

  @Test
  void validation_and_test_images_are_drawn_from_a_folder_without_splits() {
    for (int i = 0; i < 40; i++) {
      files.image("images/%d.png".formatted(i)).mask("masks/%d.png".formatted(i), 0, 1);
    }
    Splits splits = scan().splits(OPTIONS, 1);
    assertThat(splits.drawn()).containsExactlyInAnyOrder("validation", "test");
    assertThat(splits.parts().values().stream().mapToInt(Dataset::size).sum()).isEqualTo(40);
    assertThat(splits.parts().values()).allMatch(part -> part.size() > 0);
  }

  @Test
  void lists_of_pascal_voc_choose_its_images_and_its_classes_have_names() {
    files
        .image("JPEGImages/2007_000032.jpg")
        .palette("SegmentationClass/2007_000032.png", voc(), 0, 1, 255)
        .image("JPEGImages/2007_000039.jpg")
        .palette("SegmentationClass/2007_000039.png", voc(), 20, 0)
        .image("JPEGImages/2007_000042.jpg")
        .palette("SegmentationClass/2007_000042.png", voc(), 0, 3)
        .image("JPEGImages/without_mask.jpg")
        .text("ImageSets/Segmentation/train.txt", "2007_000032")
        .text("ImageSets/Segmentation/val.txt", "2007_000039")
        .text("ImageSets/Segmentation/test.txt", "2007_000042");
    SegmentationFolder scanned = scan();
    assertThat(scanned.problems()).isEmpty();
    assertThat(scanned.classes()).hasSize(21).startsWith("background", "aeroplane");
    assertThat(scanned.colours()).startsWith(0x000000, 0x800000, 0x008000, 0x808000);
    assertThat(scanned.parts()).containsOnlyKeys("train", "validation", "test");
    assertThat(firstRow(scanned.splits(OPTIONS, 1).validation().orElseThrow(), 0))
        .startsWith(20, 0);
  }

  @Test
  void colours_have_the_classes_that_a_table_gives_them() {
    files
        .image("images/a.png")
        .colours("masks/a.png", 0x80C000, 0x112233, 0x000000)
        .text("classes.csv", "name,r,g,b", "tree,128,192,0", "Void,0,0,0", "car,17,34,51");
    SegmentationFolder scanned = scan();
    assertThat(scanned.classes()).containsExactly("tree", "car");
    assertThat(scanned.colours()).containsExactly(0x80C000, 0x112233);
    assertThat(ids(scanned)).startsWith(0, 1, 255, 255);
  }

  @Test
  void palettes_and_gray_levels_may_stand_for_listed_colours() {
    files
        .image("images/a.png")
        .palette("masks/a.png", new int[] {0x112233, 0xFFFFFF}, 1, 0)
        .text("classes.csv", "name;color", "light;#ffffff", "car;112233");
    assertThat(ids(scan())).startsWith(0, 1, 1);
  }

  @Test
  void values_have_the_classes_that_a_table_gives_them_in_the_order_of_its_rows() {
    files
        .image("images/a.png")
        .mask("masks/a.png", 0, 255, 7)
        .text("other.csv", "value,name", "255,cell", "0,background", "7,ignore");
    SegmentationFolder scanned =
        SegmentationFolder.scan(root, Optional.of(root.resolve("other.csv")));
    assertThat(scanned.classes()).containsExactly("cell", "background");
    assertThat(ids(scanned)).startsWith(1, 0, 255, 255);
  }

  @Test
  void names_without_values_are_those_of_the_numbers() {
    files
        .image("images/a.png")
        .mask("masks/a.png", 2, 0)
        .text("classes.txt", "sky", "road", "tree");
    assertThat(scan().classes()).containsExactly("sky", "road", "tree");
  }

  @Test
  void shares_are_those_of_the_pixels_that_are_not_void() {
    files.image("images/a.png").mask("masks/a.png", 0, 255, 255, 255, 1, 1, 1, 1);
    files.image("images/b.png").mask("masks/b.png", 255);
    MaskStatistics statistics = scan().statistics("train");
    assertThat(statistics.share("0")).isCloseTo(0.2, within(1e-9));
    assertThat(statistics.share("1")).isCloseTo(0.8, within(1e-9));
    assertThat(statistics.voidShare()).isCloseTo(11 / 16.0, within(1e-9));
    assertThat(statistics.withoutClass()).isEqualTo(1);
    assertThat(statistics.images()).containsEntry("0", 1L).containsEntry("1", 1L);
  }

  @Test
  void caches_change_no_sample() {
    files.image("train/images/a.png", 12, 16);
    files.mask("train/masks/small.png", 0).image("train/images/small.png");
    files.mask("train/masks/a.png", 0, 1).image("train/images/a.png");
    List<ImageOptions> all =
        List.of(
            OPTIONS,
            new ImageOptions(OPTIONS.preprocessor(), OPTIONS.augmentation(), new Caching.None()),
            new ImageOptions(
                OPTIONS.preprocessor(),
                OPTIONS.augmentation(),
                new Caching.Disk(place.resolve("cache"))));
    files.image("val/images/b.png").mask("val/masks/b.png", 0, 1);
    files.image("test/images/b.png").mask("test/masks/b.png", 0, 1);
    List<String> digests =
        all.stream()
            .map(options -> scan().splits(options, 1).train())
            .map(train -> Arrays.toString(train.batch(new int[] {1, 0}).label().toLongs()))
            .distinct()
            .toList();
    assertThat(digests).hasSize(1);
  }

  private SegmentationFolder scan() {
    return SegmentationFolder.scan(root, Optional.empty());
  }

  /** Returns the class ids of the first row of the first image, as they are in the file. */
  private static List<Integer> ids(SegmentationFolder scanned) {
    assertThat(scanned.problems()).isEmpty();
    byte[] all = scanned.parts().get("train").get(0).mask().read().toBytes();
    return IntStream.range(0, TestPairs.WIDTH).mapToObj(i -> all[i] & 0xFF).toList();
  }

  private static long[] firstRow(Dataset data, int index) {
    long[] all = data.batch(new int[] {index}).label().toLongs();
    return Arrays.copyOf(all, TestPairs.WIDTH);
  }

  private static int[] voc() {
    int[] colours = ClassColours.of(256).stream().mapToInt(colour -> colour).toArray();
    colours[255] = ClassColours.VOID;
    return colours;
  }
}
