package dev.trifocal.datasets.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.data.Batch;
import dev.trifocal.data.Dataset;
import dev.trifocal.data.Splits;
import dev.trifocal.datasets.augment.AugmentationText;
import dev.trifocal.error.DataException;
import dev.trifocal.error.FileException;
import dev.trifocal.image.ImagePreprocessor;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultiLabelFolderTest {
  private static final ImageOptions PLAIN =
      ImageOptions.of(new ImagePreprocessor(Preprocessing.UNIT, Shape.of(3, 6, 8)));

  @TempDir Path place;
  private Path root;
  private TestImageFolder folder;

  @BeforeEach
  void set_up() {
    root = place.resolve("photos");
    folder = new TestImageFolder(root);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file,labels\n00.png,sea|sun\n01.png,\n02.png,sun\n",
        "file;labels\r\n00.png;sun|sea\r\n01.png;\r\n02.png;sun\r\n",
        "file\tlabels\n00.png\tsea;sun\n01.png\t\n02.png\tsun\n",
        "\uFEFFfile,labels\n00.png,\"sea,sun\"\n01.png,\n02.png,sun\n",
        "labels,Image_ID\nsea|sun,00\n,01\nsun,02\n",
        "filename,sea,sun\n./00.png,1,1\n01.png,0,0\n02.png,0,1\n",
        "path,sun,sea\n00.png,TRUE,true\n01.png,False,\n02.png,1.0,0.0\n",
        "file,label\n00.png,sea\n00.png,sun\n01.png,\n02.png,sun\n"
      })
  void a_table_is_read_in_the_forms_that_people_write(String table) {
    folder.images(".", 3).text("labels.csv", table);

    ImageFolder scanned = ImageFolder.scan(root, Labelling.MULTI_LABEL);

    assertThat(scanned.classes()).containsExactly("sea", "sun");
    assertThat(labels(scanned.parts().get("train")))
        .isEqualTo(Map.of("00.png", List.of(0, 1), "01.png", List.of(), "02.png", List.of(1)));
  }

  @Test
  void without_a_table_the_names_of_all_folders_are_labels() {
    folder
        .images("train", 1)
        .images("train/beach", 2)
        .images("train/beach/sunset", 1)
        .images("train/sunset", 1)
        .images("val/sunset/beach", 1);

    ImageFolder scanned = ImageFolder.scan(root, Labelling.MULTI_LABEL);

    assertThat(scanned.classes()).containsExactly("beach", "sunset");
    assertThat(labels(scanned.parts().get("train")))
        .isEqualTo(
            Map.of(
                "00.png", List.of(),
                "beach/00.png", List.of(0),
                "beach/01.png", List.of(0),
                "beach/sunset/00.png", List.of(0, 1),
                "sunset/00.png", List.of(1)));
    assertThat(labels(scanned.parts().get("validation")))
        .isEqualTo(Map.of("sunset/beach/00.png", List.of(0, 1)));
  }

  @Test
  void each_split_may_have_its_own_table() {
    folder
        .images("train/images", 2)
        .images("test", 2)
        .text("train/labels.csv", "file,labels\n00.png,a\n01.png,a|b\n")
        .text("test/labels.csv", "file,labels\n00.png,b\n01.png,\n");

    ImageFolder scanned = ImageFolder.scan(root, Labelling.MULTI_LABEL);

    assertThat(labels(scanned.parts().get("train")))
        .isEqualTo(Map.of("images/00.png", List.of(0), "images/01.png", List.of(0, 1)));
    assertThat(labels(scanned.parts().get("test")))
        .isEqualTo(Map.of("00.png", List.of(1), "01.png", List.of()));
  }

  @Test
  void one_table_names_the_splits_in_a_column_or_by_the_folders() {
    folder
        .images("images", 4)
        .text(
            "labels.csv",
            "file,split,labels\n00.png,train,a\n01.png,Train,b\n02.png,valid,a\n03.png,test,b\n");
    assertThat(ImageFolder.scan(root, Labelling.MULTI_LABEL).parts())
        .containsOnlyKeys("train", "validation", "test");

    folder
        .images("train", 2)
        .images("val", 1)
        .text("labels.csv", "file,labels\ntrain/00.png,a\ntrain/01.png,b\nval/00.png,a|b\n");
    ImageFolder byFolder = ImageFolder.scan(root, Labelling.MULTI_LABEL);
    assertThat(byFolder.parts()).containsOnlyKeys("train", "validation");
    assertThat(byFolder.notes())
        .singleElement()
        .asString()
        .contains("note: 4 images are not in", "00.png", "and 1 more");
  }

  @Test
  void missing_splits_are_drawn_and_labels_are_one_value_for_each_class() {
    folder.images(".", 40);
    StringBuilder table = new StringBuilder("file,a,b,c\n");
    IntStream.range(0, 40)
        .forEach(i -> table.append("%02d.png,%d,%d,1\n".formatted(i, i % 2, i / 2 % 2)));
    folder.text("labels.csv", table.toString());

    Splits splits = ImageFolder.scan(root, Labelling.MULTI_LABEL).splits(PLAIN, 1);

    ImageDataset train = (ImageDataset) splits.train();
    assertThat(splits.drawn()).containsExactlyInAnyOrder("validation", "test");
    assertThat(
            train.size()
                + splits.validation().orElseThrow().size()
                + splits.test().orElseThrow().size())
        .isEqualTo(40);
    assertThat(train.isMultiLabel()).isTrue();
    Batch batch = train.batch(new int[] {0, 3});
    assertThat(batch.label().shape()).isEqualTo(Shape.of(2, 3));
    for (int row = 0; row < 2; row++) {
      int number = number(train.file(row == 0 ? 0 : 3));
      assertThat(batch.label().row(row).toFloats()).containsExactly(number % 2, number / 2 % 2, 1);
    }
    assertThatThrownBy(train::classIds)
        .isInstanceOf(DataException.class)
        .hasMessageContaining("any number of classes");
  }

  @Test
  void mixup_mixes_all_labels() {
    folder.images(".", 20);
    StringBuilder table = new StringBuilder("file,a,b\n");
    IntStream.range(0, 20).forEach(i -> table.append("%02d.png,1,%d\n".formatted(i, i % 2)));
    folder.text("labels.csv", table.toString());
    ImageOptions mixing = PLAIN.augmentation(AugmentationText.parse("mixup=0.4"));

    Dataset epoch =
        ImageFolder.scan(root, Labelling.MULTI_LABEL).splits(mixing, 1).train().epoch(1, 1);

    assertThat(epoch.isMultiLabel()).isTrue();
    Tensor labels = epoch.batch(IntStream.range(0, epoch.size()).toArray()).label();
    boolean mixed = false;
    for (int row = 0; row < epoch.size(); row++) {
      float[] values = labels.row(row).toFloats();
      assertThat(values[0]).isEqualTo(1);
      assertThat(values[1]).isBetween(0f, 1f);
      mixed |= values[1] > 0 && values[1] < 1;
    }
    assertThat(mixed).isTrue();
  }

  @Test
  void a_changed_label_changes_the_digest() {
    folder.images(".", 3).text("labels.csv", "file,labels\n00.png,a\n01.png,a|b\n02.png,b\n");
    String before = digest();

    folder.text("labels.csv", "file,labels\n00.png,a|b\n01.png,a|b\n02.png,b\n");

    assertThat(digest()).isNotEqualTo(before);
  }

  @Test
  void a_table_may_name_files_from_the_root_or_with_their_folder() {
    folder
        .images("a", 2)
        .text(
            "labels.csv",
            "file,labels\n%s,sea\nphotos/a/01.png,sun\n"
                .formatted(root.resolve("a/00.png").toAbsolutePath()));

    ImageFolder scanned = ImageFolder.scan(root, Labelling.MULTI_LABEL);

    assertThat(scanned.broken()).isEmpty();
    assertThat(labels(scanned.parts().get("train")))
        .isEqualTo(Map.of("a/00.png", List.of(0), "a/01.png", List.of(1)));
  }

  @Test
  void names_of_several_images_and_of_images_elsewhere_are_told_from_missing_ones() {
    folder
        .images("a", 2)
        .images("b", 1)
        .images("../elsewhere", 1)
        .text(
            "labels.csv",
            "file,labels\n00.png,sea\n01.png,sea|sun\n%s,sea\n"
                .formatted(place.resolve("elsewhere/00.png")));

    assertThat(ImageFolder.scan(root, Labelling.MULTI_LABEL).broken())
        .extracting(UnreadableFile::reason)
        .satisfiesExactly(
            reason ->
                assertThat(reason)
                    .endsWith("is the name of several images; give its path below " + root),
            reason -> assertThat(reason).endsWith("is not below " + root));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file,labels\n00.png,red\n01.png,red green\n02.png,green\n",
        "file,labels\n00.png,red green\n01.png,green blue\n02.png,blue red\n"
      })
  void labels_separated_by_blanks_are_noted(String table) {
    folder.images(".", 3).text("labels.csv", table);

    assertThat(ImageFolder.scan(root, Labelling.MULTI_LABEL).notes())
        .singleElement()
        .asString()
        .startsWith("note: " + root.resolve("labels.csv"))
        .contains("is one label; if it is several, separate them with |");
  }

  @Test
  void labels_of_several_words_are_no_cause_for_a_note() {
    folder
        .images(".", 3)
        .text("labels.csv", "file,labels\n00.png,New York|sea\n01.png,New Jersey\n02.png,sea\n");

    assertThat(ImageFolder.scan(root, Labelling.MULTI_LABEL).notes()).isEmpty();
  }

  @Test
  void a_table_without_header_is_refused_instead_of_losing_its_first_row() {
    folder.images(".", 3).text("labels.csv", "00.png,sea\n01.png,sun\n02.png,sea\n");

    assertThatThrownBy(() -> ImageFolder.scan(root, Labelling.MULTI_LABEL))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("labels.csv has no header: its first row is that of 00.png");
  }

  @Test
  void files_that_do_not_exist_are_named() {
    folder.images(".", 2).text("labels.csv", "file,labels\n00.png,a\n01.png,b\ngone.png,b\n");

    ImageFolder scanned = ImageFolder.scan(root, Labelling.MULTI_LABEL);

    assertThat(scanned.broken())
        .singleElement()
        .extracting(UnreadableFile::reason)
        .asString()
        .contains("gone.png, named in", "does not exist");
    assertThatThrownBy(scanned::requireUnbroken).isInstanceOf(FileException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file,labels\n~has no rows",
        "file\n00.png\n~has no column with labels",
        "file,a,b\n00.png,1,maybe\n~row 2 has 'maybe' in column b; expected 0 or 1",
        "file,a,b\n00.png,1\n~row 2 has 2 cells, but the header has 3",
        "file,a,b\n00.png,1,0\n00.png,1,1\n~row 3: 00.png has a row already",
        "file,labels\n00.png,a\n01.png,a\n~only one label, a",
        "file,a,b,c\n00.png,1,1,0\n~no training image has the label c",
        "file,split,labels\n00.png,dev,a\n01.png,train,b\n~is 'dev'; expected train, val or test"
      })
  void a_table_that_cannot_be_used_is_one_message(String tableAndMessage) {
    String[] sides = tableAndMessage.split("~");
    folder.images(".", 2).text("labels.csv", sides[0]);

    assertThatThrownBy(() -> ImageFolder.scan(root, Labelling.MULTI_LABEL))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(root.toString())
        .hasMessageContaining(sides[1]);
  }

  @Test
  void a_table_in_another_encoding_is_refused() throws IOException {
    folder.images(".", 2);
    Files.write(
        root.resolve("labels.csv"),
        "file,labels\n00.png,Bäume\n".getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> ImageFolder.scan(root, Labelling.MULTI_LABEL))
        .isInstanceOf(FileException.class)
        .hasMessageEndingWith(
            "labels.csv is not UTF-8 text: line 2 has other bytes; expected a CSV file with a"
                + " header, saved as UTF-8");
  }

  @Test
  void a_table_that_is_not_asked_for_is_mentioned() {
    folder.images(".", 2).text("labels.csv", "file,labels\n00.png,a\n01.png,b\n");

    assertThatThrownBy(() -> ImageFolder.scan(root))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("its images are not in subfolders")
        .hasMessageEndingWith("or open it as multi-label data to read its labels.csv");
  }

  @Test
  void without_labels_the_message_says_where_to_put_them() {
    folder.images(".", 2);

    assertThatThrownBy(() -> ImageFolder.scan(root, Labelling.MULTI_LABEL))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("has no labels")
        .hasMessageContaining("labels.csv");
  }

  private String digest() {
    List<LabelledFile> files = ImageFolder.scan(root, Labelling.MULTI_LABEL).parts().get("train");
    return new ImageSetIdentity("photos", files, List.of("a", "b"), Labelling.MULTI_LABEL).digest();
  }

  private Map<String, List<Integer>> labels(List<LabelledFile> files) {
    Map<String, List<Integer>> result = new TreeMap<>();
    Path home =
        files.get(0).file().startsWith(root.resolve("train")) ? root.resolve("train") : root;
    for (LabelledFile file : files) {
      Path below =
          List.of(root.resolve("val"), root.resolve("test"), home).stream()
              .filter(part -> file.file().startsWith(part))
              .findFirst()
              .orElseThrow();
      result.put(below.relativize(file.file()).toString(), file.labels());
    }
    return result;
  }

  private static int number(Path file) {
    return Integer.parseInt(file.getFileName().toString().substring(0, 2));
  }
}
