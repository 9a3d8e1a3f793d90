package dev.trifocal.apps.images;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.trifocal.apps.AppRun;
import dev.trifocal.datasets.image.ImageFile;
import dev.trifocal.image.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A folder of pictures can be looked at before training")
class InspectEndToEndTest {
  @TempDir Path folder;

  @BeforeEach
  void set_up() throws IOException {
    new ColorFolder(folder.resolve("data"))
        .add("train/red", ColorFolder.RED, 5)
        .add("train/blue", ColorFolder.BLUE, 4)
        .add("val/red", ColorFolder.BLUE + 0x101000, 1)
        .text("train/red/broken.jpg")
        .text("train/red/notes.txt");
    Files.copy(folder.resolve("data/train/blue/00.png"), folder.resolve("data/val/red/copy.png"));
  }

  @Test
  void as_text_with_a_sheet() {
    AppRun run = AppRun.in(folder, "datasets", "inspect", "data", "--sheet", "sheet.png");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .startsWith("data: 11 images, 2 classes")
        .containsPattern("class +train +validation")
        .containsPattern("blue +4 +0")
        .containsPattern("red +5 +2")
        .containsPattern("all +9 +2")
        .containsPattern("median +24 +20")
        .contains("formats: png 11")
        .contains("unreadable: 1")
        .contains("broken.jpg")
        .contains("ignored: 1")
        .contains("notes.txt")
        .contains("duplicates: 1")
        .contains("copy.png");
    Image sheet = ImageFile.read(folder.resolve("sheet.png"));
    assertThat(sheet.height()).isEqualTo(2 * 132 + 4);
    assertThat(sheet.width()).isEqualTo(5 * 132 + 4);
  }

  @Test
  void with_any_number_of_labels_per_image() throws IOException {
    Files.writeString(
        folder.resolve("data/labels.csv"),
        "file,labels\ntrain/red/00.png,red|warm\ntrain/blue/00.png,blue\ntrain/blue/01.png,\n");

    AppRun run =
        AppRun.in(folder, "datasets", "inspect", "data", "--multi-label", "--sheet", "sheet.png");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .startsWith("data: 3 images, 3 classes")
        .containsPattern("blue +1")
        .containsPattern("red +1")
        .containsPattern("warm +1")
        .containsPattern("all +3");
    assertThat(ImageFile.read(folder.resolve("sheet.png")).height()).isEqualTo(3 * 132 + 4);
  }

  @Test
  void of_held_out_images_only() {
    new ColorFolder(folder.resolve("held-out"))
        .add("test/red", ColorFolder.RED, 2)
        .add("test/blue", ColorFolder.BLUE, 3);

    AppRun run = AppRun.in(folder, "datasets", "inspect", "held-out", "--sheet", "sheet.png");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).containsPattern("class +test").containsPattern("all +5");
    assertThat(ImageFile.read(folder.resolve("sheet.png")).width()).isEqualTo(3 * 132 + 4);
  }

  @Test
  void a_class_without_validation_images_is_noted() {
    AppRun run = AppRun.in(folder, "datasets", "inspect", "data");

    assertThat(run.err()).contains("val has no images of 1 of the 2 classes: blue");
  }

  @Test
  void as_json() throws IOException {
    AppRun run = AppRun.in(folder, "datasets", "inspect", "data", "--json");

    JsonNode json = new JsonMapper().readTree(run.out());
    assertThat(json.at("/pictures/train/red").asInt()).isEqualTo(5);
    assertThat(json.at("/sizes/2/0").asInt()).isEqualTo(24);
    assertThat(json.at("/broken").size()).isEqualTo(1);
    assertThat(json.at("/twins"))
        .filteredOn(twins -> twins.at("/same_bytes").asBoolean())
        .singleElement()
        .satisfies(
            twins ->
                assertThat(twins.at("/parts").toString()).isEqualTo("[\"train\",\"validation\"]"));
  }

  @Test
  void a_preview_has_a_row_for_each_picture() {
    AppRun run =
        AppRun.in(
            folder,
            "datasets",
            "preview",
            "data",
            "--augment",
            "crop,flip",
            "--rows",
            "3",
            "--epochs",
            "4",
            "--size",
            "32",
            "--out",
            "preview.png");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).isEqualTo("preview.png written\n");
    Image sheet = ImageFile.read(folder.resolve("preview.png"));
    assertThat(sheet.height()).isEqualTo(3 * 132 + 4);
    assertThat(sheet.width()).isEqualTo(5 * 132 + 4);
  }

  @Test
  void mistakes_are_one_message() {
    refused("nowhere: cannot be read: there is no such file", "inspect", "nowhere");
    refused("has no classes", "inspect", "data/train/red");
    refused(
        "'flop' is not an augmentation", "preview", "data", "--augment", "flop", "--out", "p.png");
    refused("--rows and --epochs must be positive", "preview", "data", "--rows", "0", "--out", "p");
    refused("must be at most 100", "preview", "data", "--epochs", "200", "--out", "p.png");
    refused("is not an image size", "preview", "data", "--size", "x", "--out", "p.png");
  }

  private void refused(String words, String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "datasets";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    AppRun run = AppRun.in(folder, all);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(words).hasLineCount(1);
  }
}
