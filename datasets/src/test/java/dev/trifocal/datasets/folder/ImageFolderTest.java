package dev.trifocal.datasets.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.data.Splits;
import dev.trifocal.error.DataException;
import dev.trifocal.error.FileException;
import dev.trifocal.image.ImagePreprocessor;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.shape.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {
  private static final ImageOptions PLAIN =
      ImageOptions.of(new ImagePreprocessor(Preprocessing.UNIT, Shape.of(3, 6, 8)));

  @TempDir Path place;
  private Path root;
  private TestImageFolder folder;

  @BeforeEach
  void set_up() {
    root = place.resolve("insects");
    folder = new TestImageFolder(root);
  }

  @Test
  void parts_that_are_there_are_taken_as_they_are() {
    folder
        .images("train/bees", 4)
        .images("train/ants", 5)
        .images("valid/bees", 2)
        .images("test/ants", 3);

    ImageFolder scanned = ImageFolder.scan(root);
    Splits splits = scanned.splits(PLAIN, 1);

    assertThat(scanned.classes()).containsExactly("ants", "bees");
    assertThat(labels(splits.train())).containsExactly(0, 0, 0, 0, 0, 1, 1, 1, 1);
    assertThat(labels(splits.validation().orElseThrow())).containsExactly(1, 1);
    assertThat(labels(splits.test().orElseThrow())).containsExactly(0, 0, 0);
    assertThat(splits.train().name()).isEqualTo("insects/train");
    assertThat(files(splits.test().orElseThrow()).get(0))
        .isEqualTo(root.resolve("test/ants/00.png"));
  }

  @Test
  void where_test_data_are_missing_a_tenth_of_each_class_is_set_aside_from_training() {
    folder
        .images("train/ants", 24)
        .images("train/bees", 10)
        .images("val/ants", 2)
        .images("val/bees", 1);

    Splits splits = ImageFolder.scan(root).splits(PLAIN, 7);

    assertThat(labels(splits.test().orElseThrow())).containsExactly(0, 0, 1);
    assertThat(labels(splits.validation().orElseThrow())).containsExactly(0, 0, 1);
    assertThat(splits.train().size()).isEqualTo(31);
    assertThat(files(splits.train()))
        .doesNotContainAnyElementsOf(files(splits.test().orElseThrow()));
  }

  @Test
  void classes_alone_are_divided_by_the_seed() {
    folder.images("ants", 20).images("bees", 30);

    ImageFolder scanned = ImageFolder.scan(root);
    Splits splits = scanned.splits(PLAIN, 7);

    assertThat(labels(splits.validation().orElseThrow())).containsExactly(0, 0, 1, 1, 1);
    assertThat(labels(splits.test().orElseThrow())).containsExactly(0, 0, 1, 1, 1);
    List<Path> all = new ArrayList<>();
    Stream.of(splits.train(), splits.validation().orElseThrow(), splits.test().orElseThrow())
        .forEach(p -> all.addAll(files(p)));
    assertThat(all).hasSize(50).doesNotHaveDuplicates();
    assertThat(files(scanned.splits(PLAIN, 7).test().orElseThrow()))
        .isEqualTo(files(splits.test().orElseThrow()));
    assertThat(files(scanned.splits(PLAIN, 8).test().orElseThrow()))
        .isNotEqualTo(files(splits.test().orElseThrow()));
  }

  @Test
  void a_class_of_three_gives_one_picture_to_each_part_and_one_of_two_none() {
    folder.images("ants", 3).images("bees", 2);

    Splits splits = ImageFolder.scan(root).splits(PLAIN, 1);

    assertThat(labels(splits.train())).containsExactly(0, 1, 1);
    assertThat(labels(splits.validation().orElseThrow())).containsExactly(0);
    assertThat(labels(splits.test().orElseThrow())).containsExactly(0);
  }

  @Test
  void pictures_at_any_depth_with_any_case_of_ending_belong_to_their_class() {
    folder
        .images("Äpfel & Birnen", 3)
        .image("Äpfel & Birnen/aus dem Garten/süß.JPG", 9, 9)
        .image("bees/a.Png", 9, 9)
        .image("bees/b.bmp", 9, 9)
        .image("bees/c.gif", 9, 9)
        .text("bees/notes.txt", "no picture")
        .text("bees/d.HEIC", "a format that is not read")
        .text("bees/Thumbs.db", "what Windows leaves")
        .text("bees/@eaDir/c.gif", "what file servers leave")
        .text("bees/.hidden.png", "no picture")
        .text("bees/.thumbs/x.png", "no picture")
        .text("png/png", "no ending")
        .image("png/1.jpeg", 9, 9)
        .image("png/2.jfif", 9, 9)
        .image("png/3.jpe", 9, 9);

    ImageFolder scanned = ImageFolder.scan(root);

    assertThat(scanned.classes()).containsExactly("bees", "png", "Äpfel & Birnen");
    assertThat(scanned.broken()).isEmpty();
    assertThat(scanned.ignored())
        .containsExactly(
            root.resolve("bees/d.HEIC"), root.resolve("bees/notes.txt"), root.resolve("png/png"));
    assertThat(files(scanned.splits(PLAIN, 1).train()))
        .as("of four and three pictures one each is left for either part")
        .hasSize(4);
    assertThat(scanned.parts().get("train")).hasSize(10);
  }

  @Test
  void links_are_followed_and_loops_are_not() {
    folder
        .images("../elsewhere/more", 3)
        .images("ants", 3)
        .images("bees", 3)
        .link("ants/more", place.resolve("elsewhere/more"))
        .link("ants/self", root.resolve("ants"))
        .link("ants/all", root)
        .link("bees/up", place);

    Splits splits = ImageFolder.scan(root).splits(PLAIN, 1);

    assertThat(
            splits.train().size()
                + splits.validation().orElseThrow().size()
                + splits.test().orElseThrow().size())
        .isEqualTo(9);
    assertThat(ImageFolder.scan(root).classes()).containsExactly("ants", "bees");
  }

  @Test
  void files_that_cannot_be_read_are_listed_and_left_out() {
    folder
        .images("train/ants", 3)
        .images("train/bees", 3)
        .images("val/ants", 1)
        .text("train/ants/text.jpg", "I am no picture")
        .text("val/ants/empty.png", "")
        .image("train/bees/half.jpg", 40, 40)
        .truncate("train/bees/half.jpg")
        .link("train/bees/gone.jpg", Path.of("nowhere.jpg"));

    ImageFolder scanned = ImageFolder.scan(root);

    assertThat(scanned.broken())
        .extracting(UnreadableFile::file)
        .containsExactly(
            root.resolve("train/ants/text.jpg"),
            root.resolve("train/bees/gone.jpg"),
            root.resolve("train/bees/half.jpg"),
            root.resolve("val/ants/empty.png"));
    assertThat(scanned.splits(PLAIN, 1).validation().orElseThrow().size()).isEqualTo(1);
    assertThatThrownBy(scanned::requireUnbroken)
        .isInstanceOf(FileException.class)
        .hasMessageStartingWith(root + ": 4 of the images cannot be read; repair or remove them: ")
        .hasMessageContainingAll("text.jpg", "gone.jpg", "half.jpg", "empty.png");
  }

  @Test
  void what_is_wrong_with_a_folder_is_said_in_one_sentence() {
    refused("there is no such file");

    folder.text("readme.txt", "nothing here");
    refused("has no classes: it has neither subfolders nor images; create one folder per class");

    folder.images(".", 2);
    refused("has no classes: its images are not in subfolders; create one folder per class");

    folder.images("ants", 2);
    refused("has only one class, ants; classification needs at least two");

    folder.empty("bees").empty("wasps");
    refused(
        "has no images in bees, wasps (JPEG, PNG, BMP, GIF, TIFF or WebP); add some, or remove");
  }

  @Test
  void a_class_without_a_readable_picture_is_refused() {
    folder.images("ants", 3).text("bees/a.jpg", "no picture");

    refused("no image of the class bees can be read; ");
  }

  @Test
  void a_class_that_training_does_not_have_is_refused() {
    folder.images("train/ants", 3).images("train/bees", 3).images("val/wasps", 1);

    refused("val has the class wasps, but " + root.resolve("train") + " does not");
  }

  @Test
  void two_folders_of_validation_data_are_refused() {
    folder.images("train/ants", 3).images("train/bees", 3);
    folder.images("val/ants", 1).images("valid/ants", 1);

    refused("has both val and valid; keep only one of them");
  }

  @Test
  void three_pictures_in_all_are_too_few_to_divide() {
    folder.images("ants", 2).images("bees", 1);
    ImageFolder scanned = ImageFolder.scan(root);

    assertThatThrownBy(() -> scanned.splits(PLAIN, 1))
        .isInstanceOf(DataException.class)
        .hasMessage(
            root
                + " has 3 images for training and none for validation: a tenth of each class with"
                + " at least 3 images is held out; add images");
  }

  @Test
  void a_folder_that_is_empty_in_one_part_only_is_no_mistake() {
    folder.images("train/ants", 3).images("train/bees", 3).images("val/ants", 1);
    folder.empty("val/bees").empty("val/wasps");

    assertThat(labels(ImageFolder.scan(root).splits(PLAIN, 1).validation().orElseThrow()))
        .containsExactly(0);
  }

  private void refused(String words) {
    assertThatThrownBy(() -> ImageFolder.scan(root))
        .hasMessageStartingWith(root.toString())
        .hasMessageContaining(words);
  }

  private static List<Path> files(Object part) {
    ImageDataset images = (ImageDataset) part;
    return IntStream.range(0, images.size()).mapToObj(images::file).toList();
  }

  private static List<Integer> labels(Object part) {
    ImageDataset images = (ImageDataset) part;
    return IntStream.range(0, images.size()).mapToObj(images::label).toList();
  }
}
