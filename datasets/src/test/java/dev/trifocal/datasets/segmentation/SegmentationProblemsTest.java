package dev.trifocal.datasets.segmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.datasets.augment.Augmentation;
import dev.trifocal.datasets.augment.AugmentationText;
import dev.trifocal.datasets.folder.ImageOptions;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.error.DataException;
import dev.trifocal.error.FileException;
import dev.trifocal.image.ImagePreprocessor;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.shape.Shape;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with images and masks is said with their files and values. */
class SegmentationProblemsTest {
  @TempDir Path root;
  private TestPairs files;

  @BeforeEach
  void set_up() {
    files = new TestPairs(root).image("images/a.png").mask("masks/a.png", 0, 1, 2);
  }

  @Test
  void a_mask_of_another_size() {
    files.image("images/b.png", 3, 8).mask("masks/b.png", 0, 1);
    refusesToTrain("masks/b.png is 6x8, but its image", "images/b.png is 3x8 (height first)");
  }

  @Test
  void pairs_without_partner() {
    files.image("images/b.png").mask("masks/c.png", 0, 1);
    refusesToTrain("images/b.png has no mask in", "masks/c.png is the mask of no image in");
  }

  @Test
  void masks_of_one_name() {
    files.mask("masks/a.gif", 0, 1);
    refusesToTrain("masks/a.gif and", "masks/a.png have the same name; keep one of them");
  }

  @Test
  void two_masks_of_an_image() {
    files.mask("masks/a_gt.png", 0, 1);
    refusesToTrain("a_gt.png is the mask of no image");
    files.image("images/b.png").mask("masks/b_gt.png", 0, 1).mask("masks/b_seg.png", 0, 1);
    refusesToTrain("b_gt and b_seg in", "are both masks of b; keep one of them");
  }

  @Test
  void an_image_in_two_lists() {
    new TestPairs(root)
        .image("voc/JPEGImages/a.jpg")
        .mask("voc/SegmentationClass/a.png", 0, 1)
        .text("voc/ImageSets/Segmentation/train.txt", "a", "b")
        .text("voc/ImageSets/Segmentation/val.txt", "a");
    assertThat(SegmentationFolder.scan(root.resolve("voc"), Optional.empty()).problems())
        .anyMatch(line -> line.startsWith("b, named in") && line.contains("has no image in"))
        .anyMatch(line -> line.startsWith("a is named in") && line.contains("keep it in one"));
  }

  @Test
  void a_value_without_a_class() {
    files
        .text("classes.csv", "value,name", "0,road", "1,car", "2,tree")
        .image("images/b.png")
        .mask("masks/b.png", 9, 9, 4, 0);
    refusesToTrain(
        "masks/b.png: 12 pixels have the value 9, which is no class of",
        "classes.csv; and so have 1 more values");
  }

  @Test
  void a_colour_without_a_class() {
    files
        .colours("masks/a.png", 0x0A0B0C, 0xFF0000)
        .text("classes.csv", "name,r,g,b", "road,255,0,0", "car,0,255,0");
    refusesToTrain("masks/a.png: 6 pixels have the colour 10,11,12, which is no class of");
  }

  @Test
  void colours_where_classes_are_numbered() {
    files
        .image("images/b.png")
        .colours("masks/b.png", 0xFF0000)
        .text("classes.txt", "road", "car", "tree");
    refusesToTrain("masks/b.png holds colours, but", "classes.txt numbers its classes");
  }

  @Test
  void colours_without_a_table() {
    files.image("images/b.png").colours("masks/b.png", 0xFF0000, 0x00FF00);
    assertThatThrownBy(this::scan)
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(
            "masks/b.png holds colours, such as 0,255,0 and 255,0,0", "classes.csv: name,r,g,b");
  }

  @Test
  void values_that_are_no_class_numbers() {
    files.mask("masks/a.png", 0, 38, 75);
    assertThatThrownBy(this::scan)
        .hasMessageContaining("hold the values 0, 38, 75, which are not class numbers");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, hold only the class 0; training needs at least two",
    "0, 255, 'hold only 0 and 255, and 255 means void; if it is a class, list both'",
    "255, 255, 'hold only 0 and 255, and 255 means void; if it is a class, list both'"
  })
  void fewer_than_two_numbers(int one, int other, String message) {
    files.mask("masks/a.png", one, other);
    assertThatThrownBy(this::scan).isInstanceOf(DataException.class).hasMessageContaining(message);
  }

  @Test
  void one_of_two_listed_classes() {
    files.mask("masks/a.png", 1).text("classes.txt", "road", "car");
    refusesToTrain("all pixels of the masks that are not void are of the class car");
  }

  @Test
  void nothing_but_void() {
    files.mask("masks/a.png", 255).text("classes.txt", "road", "car");
    refusesToTrain("all pixels of the masks are void; training needs at least two classes");
  }

  @Test
  void a_mask_saved_as_jpeg() {
    files.image("images/b.png").image("masks/b.jpg");
    SegmentationFolder scanned = scan();
    assertThat(scanned.broken()).hasSize(1);
    assertThatThrownBy(scanned::requireUnbroken)
        .isInstanceOf(FileException.class)
        .hasMessageContainingAll(
            "masks/b.jpg is a JPEG file, whose compression changes values; save it as PNG");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name,r,g|has no column with values or colours",
        "value,meaning|has no column name",
        "name,value;road,0|lists 1 classes besides void; expected 2 to 255",
        "name,value;road,0;car,0|line 3 has the value or colour of an earlier class",
        "name,value;road,0;road,1|lists the class 'road' twice",
        "name,value;road,zero;car,1|line 2 has 'zero' in the column value",
        "name,r,g,b;road,0,0,256;car,1,1,1|line 2 has '256' in the column b; expected a whole number from 0 to 255",
        "name,color;road,red;car,#00ff00|line 2 has the colour 'red'; expected #rrggbb",
        "name,value;road;car,1|line 2 has 1 of 2 columns"
      })
  void a_table_that_lists_no_classes(String lines, String message) {
    files.text("classes.csv", lines.split(";"));
    assertThatThrownBy(this::scan)
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("classes.csv", message);
  }

  @Test
  void mixup() {
    for (int i = 0; i < 20; i++) {
      files.image("images/%d.png".formatted(i)).mask("masks/%d.png".formatted(i), 0, 1, 2);
    }
    assertThatThrownBy(() -> scan().splits(options(AugmentationText.parse("mixup")), 1))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("has a class for each pixel; omit mixup");
  }

  private void refusesToTrain(String... messages) {
    SegmentationFolder scanned = scan();
    assertThatThrownBy(() -> scanned.splits(options(Augmentation.NONE), 1))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(messages);
  }

  private static ImageOptions options(Augmentation augmentation) {
    return ImageOptions.of(new ImagePreprocessor(Preprocessing.UNIT, Shape.of(3, 6, 8)))
        .augmentation(augmentation);
  }

  private SegmentationFolder scan() {
    return SegmentationFolder.scan(root, Optional.empty());
  }
}
