package dev.trifocal.datasets.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.trifocal.data.Splits;
import dev.trifocal.error.DataException;
import dev.trifocal.error.FileException;
import dev.trifocal.image.ImagePreprocessor;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.shape.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFolderTest {
  private static final ImageOptions PLAIN =
      ImageOptions.of(new ImagePreprocessor(Preprocessing.UNIT, Shape.of(3, 6, 8)));

  private static final ImageOptions UNCACHED =
      new ImageOptions(PLAIN.preprocessor(), PLAIN.augmentation(), new Caching.None());

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
  void folders_that_look_like_parts_are_no_classes() {
    folder.images("seg_train/ants", 2).images("seg_test/ants", 2);
    assertThatThrownBy(() -> ImageFolder.scan(root))
        .isInstanceOf(DataException.class)
        .hasMessage(
            root
                + " has seg_test and seg_train, which look like splits and not like classes; rename"
                + " them to train, val and test, each with one subfolder per class");
  }

  @Test
  void classes_may_have_such_words_in_their_names() {
    folder.images("test tube/a", 1).images("steam train", 1);
    assertThat(ImageFolder.scan(root).classes()).containsExactly("steam train", "test tube");
  }

  @Test
  void classes_may_have_such_names_beside_others() {
    folder.images("train", 1).images("bus", 1).images("mask", 1);
    assertThat(ImageFolder.scan(root).classes()).containsExactly("bus", "mask", "train");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "YOLO                   | images/train labels/train                    | images, labels",
        "YOLO, by split         | train/images train/labels valid/images       | images, labels",
        "COCO                   | train2017 val2017 annotations                | annotations, train2017, val2017",
        "PASCAL VOC             | JPEGImages Annotations ImageSets             | Annotations, ImageSets, JPEGImages",
        "masks for segmentation | images masks                                 | images, masks",
        "splits without classes | train test1                                  | test1, train"
      })
  void folders_of_other_tasks_are_no_classes(String kind, String folders, String named) {
    for (String each : folders.split(" ")) {
      if (each.toLowerCase(Locale.ROOT).matches(".*(labels|annotations|imagesets).*")) {
        folder.text(each + "/0.txt", "0 0.5 0.5 0.1 0.1");
      } else {
        folder.images(each, 2);
      }
    }
    refused("has the subfolders " + named + ", which are not classes; move the images into one");
  }

  @Test
  void what_systems_put_aside_is_no_class() {
    folder.images("ants", 1).images("bees", 1).images("lost+found", 1).images("#recycle", 1);
    folder.images("System Volume Information", 1);
    assertThat(ImageFolder.scan(root).classes()).containsExactly("ants", "bees");
  }

  @Test
  void where_test_data_are_missing_about_a_tenth_is_set_aside_from_training() {
    folder
        .images("train/ants", 60)
        .images("train/bees", 40)
        .images("val/ants", 2)
        .images("val/bees", 1);

    Splits splits = ImageFolder.scan(root).splits(PLAIN, 7);

    assertThat(splits.test().orElseThrow().size()).isBetween(4, 18);
    assertThat(splits.drawn()).containsExactly("test");
    assertThat(labels(splits.validation().orElseThrow())).containsExactly(0, 0, 1);
    assertThat(splits.train().size() + splits.test().orElseThrow().size()).isEqualTo(100);
    assertThat(files(splits.train()))
        .doesNotContainAnyElementsOf(files(splits.test().orElseThrow()));
  }

  @Test
  void classes_alone_are_divided_by_the_seed() {
    folder.images("ants", 20).images("bees", 30);

    ImageFolder scanned = ImageFolder.scan(root);
    Splits splits = scanned.splits(PLAIN, 11);

    assertThat(splits.validation().orElseThrow().size()).isBetween(1, 12);
    assertThat(splits.test().orElseThrow().size()).isBetween(1, 12);
    assertThat(splits.drawn()).containsExactlyInAnyOrder("validation", "test");
    List<Path> all = new ArrayList<>();
    Stream.of(splits.train(), splits.validation().orElseThrow(), splits.test().orElseThrow())
        .forEach(p -> all.addAll(files(p)));
    assertThat(all).hasSize(50).doesNotHaveDuplicates();
    assertThat(files(scanned.splits(PLAIN, 11).test().orElseThrow()))
        .isEqualTo(files(splits.test().orElseThrow()));
    assertThat(files(scanned.splits(PLAIN, 12).test().orElseThrow()))
        .isNotEqualTo(files(splits.test().orElseThrow()));
  }

  @Test
  void a_part_that_would_be_empty_gets_one_picture_of_each_class_of_three_or_more() {
    folder.images("ants", 3).images("bees", 2);

    for (long seed = 1; seed <= 40; seed++) {
      Splits splits = ImageFolder.scan(root).splits(PLAIN, seed);
      assertThat(labels(splits.train())).as("seed %d", seed).contains(0).endsWith(1, 1);
      assertThat(labels(splits.validation().orElseThrow())).isNotEmpty().containsOnly(0);
      assertThat(labels(splits.test().orElseThrow())).isNotEmpty().containsOnly(0);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 6, 8, 12})
  void no_picture_is_in_two_parts_and_none_is_lost(int each) {
    folder.images("ants", each).images("bees", each);
    for (long seed = 1; seed <= 60; seed++) {
      Splits splits = ImageFolder.scan(root).splits(PLAIN, seed);
      assertThat(Stream.concat(files(splits.train()).stream(), heldOut(splits).stream()))
          .as("seed %d", seed)
          .hasSize(2 * each)
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void of_800_pictures_one_is_removed_and_no_held_out_picture_had_been_trained_on()
      throws IOException {
    folder.images("ants", 400).images("bees", 400);
    Splits before = ImageFolder.scan(root).splits(UNCACHED, 42);
    Set<Path> trained = Set.copyOf(files(before.train()));
    int heldOut = files(before.validation().orElseThrow()).size();
    heldOut += files(before.test().orElseThrow()).size();
    assertThat(heldOut).isBetween(120, 200);

    for (String gone : List.of("ants/00.png", "ants/399.png", "bees/17.png")) {
      byte[] content = Files.readAllBytes(root.resolve(gone));
      Files.delete(root.resolve(gone));
      Splits after = ImageFolder.scan(root).splits(UNCACHED, 42);
      assertThat(heldOut(after)).as("without %s", gone).doesNotContainAnyElementsOf(trained);
      assertThat(files(after.train())).allMatch(trained::contains);
      Files.write(root.resolve(gone), content);
    }
  }

  @Test
  void the_part_of_a_picture_depends_on_its_name_and_not_on_its_neighbours_or_place()
      throws IOException {
    folder.images("ants", 12).images("bees", 30);
    Splits all = ImageFolder.scan(root).splits(PLAIN, 3);
    Set<Path> held = Set.copyOf(heldOut(all));
    assertThat(all.test().orElseThrow().size()).isGreaterThan(1);
    assertThat(all.validation().orElseThrow().size()).isGreaterThan(1);
    for (Path file : Stream.concat(files(all.train()).stream(), held.stream()).toList()) {
      byte[] content = Files.readAllBytes(file);
      Files.delete(file);
      Splits rest = ImageFolder.scan(root).splits(PLAIN, 3);
      assertThat(held).as("without %s", file).containsAll(heldOut(rest));
      assertThat(files(rest.train())).doesNotContainAnyElementsOf(held);
      Files.write(file, content);
    }

    Path elsewhere = place.resolve("another/name/train");
    Files.createDirectories(elsewhere.getParent());
    Files.move(root, elsewhere);
    Splits moved = ImageFolder.scan(elsewhere.getParent()).splits(PLAIN, 3);
    assertThat(heldOut(moved).stream().map(elsewhere::relativize))
        .containsExactlyElementsOf(heldOut(all).stream().map(root::relativize).toList());
  }

  @Test
  void parts_are_known_under_the_names_that_people_give_them() {
    for (List<String> names :
        List.of(
            List.of("Train", "Val", "Test"),
            List.of("training", "validation", "testing"),
            List.of("TRAIN", "valid", "TEST"))) {
      Path home = root.resolve(names.get(0));
      TestImageFolder parted = new TestImageFolder(home);
      parted.images(names.get(0) + "/ants", 4).images(names.get(0) + "/bees", 3);
      parted.images(names.get(1) + "/ants", 2).images(names.get(2) + "/bees", 1);

      ImageFolder scanned = ImageFolder.scan(home);

      assertThat(scanned.classes()).containsExactly("ants", "bees");
      Splits splits = scanned.splits(PLAIN, 1);
      assertThat(splits.train().size()).isEqualTo(7);
      assertThat(splits.validation().orElseThrow().size()).isEqualTo(2);
      assertThat(splits.test().orElseThrow().size()).isEqualTo(1);
      assertThat(splits.drawn()).isEmpty();
    }
  }

  @Test
  void a_folder_of_held_out_parts_alone_has_no_training_pictures() {
    folder.images("test/bees", 4).images("test/ants", 5);

    ImageFolder scanned = ImageFolder.scan(root);
    Splits splits = scanned.splits(PLAIN, 1);

    assertThat(scanned.classes()).containsExactly("ants", "bees");
    assertThat(scanned.parts()).containsOnlyKeys("test");
    assertThat(splits.train().size()).isZero();
    assertThat(splits.validation()).isEmpty();
    assertThat(labels(splits.test().orElseThrow())).containsExactly(0, 0, 0, 0, 0, 1, 1, 1, 1);
  }

  @Test
  void folders_beside_the_parts_are_named_and_counted() {
    folder.images("train/ants", 20).images("train/bees", 20).images("test", 7).images("more/a", 2);

    ImageFolder scanned = ImageFolder.scan(root);

    assertThat(scanned.notes()).hasSize(2);
    assertThat(scanned.notes().get(0)).contains(root.resolve("more").toString(), "2");
    assertThat(scanned.notes().get(1)).contains(root.resolve("test").toString(), "7");
    assertThat(scanned.splits(PLAIN, 1).drawn()).contains("test");
  }

  @Test
  void classes_beside_a_part_with_the_same_classes_are_refused() {
    folder.images("ants", 3).images("bees", 3).images("Test/ants", 2).images("Test/bees", 2);

    refused("has class folders and also Test with class folders of the same names; move");
  }

  @Test
  void a_folder_one_level_too_high_is_told_with_the_one_below() {
    folder.images("insects/ants", 3).images("insects/bees", 3);

    refused("or pass " + root.resolve("insects") + " if it contains the classes");
  }

  @Test
  void two_classes_whose_names_look_the_same_are_refused_and_never_merged() {
    folder.images("caf\u00e9", 3).images("cafe\u0301", 3).images("tea", 3);

    refused("has two folders that are both displayed as 'caf\u00e9'");
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
    Splits splits = scanned.splits(PLAIN, 1);
    assertThat(files(splits.train()).size() + heldOut(splits).size()).isEqualTo(10);
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
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void a_pipe_is_passed_over_instead_of_waiting_for_its_writer() throws Exception {
    folder.images("ants", 3).images("bees", 3);
    Path pipe = root.resolve("ants/pipe.png");
    assumeThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertThat(ImageFolder.scan(root).ignored()).containsExactly(pipe);
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
                + " has 3 images for training and none for validation: about a tenth of each class"
                + " with at least 3 images is held out; add images");
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

  private static List<Path> heldOut(Splits splits) {
    List<Path> all = new ArrayList<>(files(splits.validation().orElseThrow()));
    all.addAll(files(splits.test().orElseThrow()));
    return all;
  }

  private static List<Path> files(Object part) {
    ImageDataset images = (ImageDataset) part;
    return IntStream.range(0, images.size()).mapToObj(images::file).toList();
  }

  private static List<Integer> labels(Object part) {
    ImageDataset images = (ImageDataset) part;
    return IntStream.range(0, images.size()).map(i -> images.labels(i).get(0)).boxed().toList();
  }
}
