package dev.trifocal.apps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.data.Batch;
import dev.trifocal.datasets.image.ImageFile;
import dev.trifocal.datasets.segmentation.ClassColours;
import dev.trifocal.datasets.segmentation.MaskPng;
import dev.trifocal.datasets.shapes.ShapesDataset;
import dev.trifocal.image.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder of images and masks, from its inspection to the masks that a network predicts. */
class MaskFolderEndToEndTest {
  private static final int SIZE = 64;

  @TempDir Path folder;

  @BeforeEach
  void set_up() throws IOException {
    write("train", 12);
    write("val", 3);
    write("test", 3);
    List<String> rows = new ArrayList<>(List.of("value,name"));
    List<String> classes = shapes("train", 1).classes();
    for (int id = 0; id < classes.size(); id++) {
      rows.add(id + "," + classes.get(id));
    }
    Files.write(folder.resolve("scenes/classes.csv"), rows);
  }

  @Test
  void an_inspection_tells_the_shares_of_the_classes_and_shows_overlays() {
    AppRun run = run("datasets", "inspect", "scenes", "--sheet", "sheet.png");
    assertThat(run.out())
        .contains("scenes: 18 images with masks, 7 classes", "background", "(void, of all)")
        .contains("smallest", "64");
    assertThat(ImageFile.read(folder.resolve("sheet.png")).width()).isGreaterThan(SIZE);
    assertThat(run("datasets", "inspect", "scenes", "--json").out())
        .contains("\"pixels_by_class\"", "\"void_pixels\"", "\"problems\" : [ ]");
    run("datasets", "preview", "scenes", "--augment", "flip,rotate", "--out", "preview.png");
    assertThat(folder.resolve("preview.png")).exists();
  }

  @Test
  void an_inspection_lists_what_keeps_the_folder_from_being_trained_on() throws IOException {
    Files.delete(folder.resolve("scenes/train/masks/0.png"));
    assertThat(run("datasets", "inspect", "scenes").out()).contains("problems: 1", "0.png has no");
    AppRun train = AppRun.in(folder, "train", "--model", "unet", "--data", "scenes");
    assertThat(train.exitCode()).isEqualTo(2);
    assertThat(train.err()).contains("train/images/0.png has no mask in").doesNotContain("\tat ");
  }

  @Test
  void a_network_is_trained_resumed_exported_and_predicts_masks() throws IOException {
    run(
        "train",
        "--model",
        "unet",
        "--width",
        "0.125",
        "--data",
        "scenes",
        "--size",
        "32",
        "--epochs",
        "1",
        "--batch-size",
        "4",
        "--augment",
        "crop=0.5,flip,elastic",
        "--loss",
        "cross-entropy+dice",
        "--class-weights",
        "median-frequency",
        "--out",
        "run");
    assertThat(run("evaluate", "run").out()).contains("mean_iou", "iou  precision", "circle");
    assertThat(Files.readString(folder.resolve("run/report.html")))
        .contains("<h2>Worst images</h2>", "images/0.png", "predicted: images/", "--share:");
    assertThat(run("evaluate", "run", "--json").out()).contains("\"iou\"", "\"pixels\"");
    run("train", "--resume", "run", "--epochs", "2");
    run("export", "run", "--out", "net.onnx");
    AppRun evaluated =
        run("evaluate", "net.onnx", "--data", "scenes", "--size", "32", "--split", "test");
    assertThat(evaluated.out())
        .as("void pixels are ignored")
        .contains("mean_iou")
        .contains(run("evaluate", "run", "--split", "test").out().lines().skip(3).toList());
    AppRun ofRun = run("predict", "run", "scenes/test/images", "--masks", "masks");
    AppRun ofFile = run("predict", "net.onnx", "scenes/test/images");
    assertThat(ofRun.out()).contains("share", "mask", "%", "masks/0-mask.png");
    assertThat(column(ofFile)).isEqualTo(column(ofRun));
    Image mask = ImageFile.read(folder.resolve("masks/0-mask.png"));
    assertThat(List.of(mask.height(), mask.width())).containsExactly(SIZE, SIZE);
    assertThat(folder.resolve("masks/0-overlay.png")).exists();
    assertThat(Files.readString(folder.resolve("masks/classes.csv")))
        .startsWith("value,name\n0,background\n1,circle\n");
  }

  @Test
  void options_that_do_not_go_together_are_refused() {
    refused(
        "--loss dice --class-weights balanced", "--class-weights have no effect on --loss dice");
    refused("--loss focal --label-smoothing 0.1", "--label-smoothing is for cross-entropy");
    refused("--augment mixup", "has a class for each pixel; omit mixup");
    refused("--multi-label", "omit --multi-label");
    refused("--mask-classes missing.csv", "missing.csv");
  }

  private void refused(String options, String message) {
    AppRun run =
        AppRun.in(
            folder,
            Stream.concat(
                    Stream.of("train", "--model", "unet", "--data", "scenes", "--size", "32"),
                    Stream.of(options.split(" ")))
                .toArray(String[]::new));
    assertThat(run.exitCode()).as(options).isEqualTo(2);
    assertThat(run.err()).contains(message).doesNotContain("\tat ");
  }

  /** Returns the classes and their shares, without the columns that only one run has. */
  private static List<String> column(AppRun run) {
    return run.out()
        .lines()
        .map(line -> line.replaceAll("\\s+\\S*mask\\S*$", "").replaceAll("\\s+", " ").strip())
        .toList();
  }

  private AppRun run(String... words) {
    AppRun run = AppRun.in(folder, words);
    assertThat(run.exitCode()).as(run.err()).isZero();
    return run;
  }

  private static ShapesDataset shapes(String part, int size) {
    return new ShapesDataset(part, 5, size);
  }

  private void write(String part, int size) throws IOException {
    Path images = Files.createDirectories(folder.resolve("scenes").resolve(part).resolve("images"));
    Path masks = Files.createDirectories(folder.resolve("scenes").resolve(part).resolve("masks"));
    for (int index = 0; index < size; index++) {
      Batch one = shapes(part, size).batch(new int[] {index});
      float[] values = one.input().toFloats();
      long[] labels = one.label().toLongs();
      byte[] pixels = new byte[values.length];
      byte[] ids = new byte[labels.length];
      for (int i = 0; i < values.length; i++) {
        int channel = i / labels.length;
        pixels[i % labels.length * 3 + channel] = (byte) Math.round(255 * values[i]);
      }
      for (int i = 0; i < labels.length; i++) {
        ids[i] = (byte) labels[i];
      }
      Files.write(images.resolve(index + ".png"), ImageFile.png(Image.of(SIZE, SIZE, 3, pixels)));
      Files.write(
          masks.resolve(index + ".png"),
          MaskPng.encode(Image.of(SIZE, SIZE, 1, ids), ClassColours.of(7)));
    }
  }
}
