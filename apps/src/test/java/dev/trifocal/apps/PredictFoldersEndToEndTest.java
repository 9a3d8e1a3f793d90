package dev.trifocal.apps;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Pictures of folders are predicted, into a table too")
class PredictFoldersEndToEndTest {
  @TempDir Path folder;

  @Test
  void everyPictureBelowAFolderIsAnswered() throws IOException {
    image("scans/b.png");
    image("scans/deep/er/a, b.png");
    image("single.png");
    Files.writeString(folder.resolve("scans/notes.txt"), "no picture");

    AppRun run =
        AppRun.in(
            folder,
            "predict",
            "lenet5",
            "scans",
            "single.png",
            "--top",
            "1",
            "--csv",
            "out.csv",
            "--quiet");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).isEmpty();
    List<String> lines = Files.readAllLines(folder.resolve("out.csv"));
    assertThat(lines).hasSize(4);
    assertThat(lines.get(0)).isEqualTo("image,rank,class,probability");
    assertThat(lines.get(1)).matches("scans/b\\.png,1,class \\d,0\\.\\d+");
    assertThat(lines.get(2)).matches("\"scans/deep/er/a, b\\.png\",1,class \\d,0\\.\\d+");
    assertThat(lines.get(3)).startsWith("single.png,1,");
    assertThat(run.out()).contains("scans/b.png", "scans/deep/er/a, b.png", "single.png");
  }

  @Test
  void aPictureThatIsNamedTwiceIsAnsweredTwice() throws IOException {
    image("a.png");
    AppRun run =
        AppRun.in(folder, "predict", "lenet5", "a.png", "a.png", "--csv", "out.csv", "--top", "1");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(Files.readAllLines(folder.resolve("out.csv"))).hasSize(3);
  }

  @Test
  void aFolderWithoutPicturesIsNamed() throws IOException {
    Files.createDirectories(folder.resolve("empty"));
    AppRun run = AppRun.in(folder, "predict", "lenet5", "empty", "--csv", "out.csv");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("error: empty contains no images");
    assertThat(folder.resolve("out.csv")).doesNotExist();
  }

  @Test
  void filesInOtherFormatsAreNamedAndCounted() throws IOException {
    image("scans/b.png");
    Files.writeString(folder.resolve("scans/phone.HEIC"), "no picture");
    Files.writeString(folder.resolve("scans/scan"), "no picture");
    AppRun run = AppRun.in(folder, "predict", "lenet5", "scans");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err())
        .contains(
            "note: 2 of the files in scans are in unsupported formats and are skipped"
                + " (1 .heic, 1 without extension): scans/phone.HEIC, scans/scan");
  }

  @Test
  void aFolderWithoutReadableFormatsSaysWhatItHas() throws IOException {
    Files.createDirectories(folder.resolve("phone"));
    Files.writeString(folder.resolve("phone/1.heic"), "no picture");
    AppRun run = AppRun.in(folder, "predict", "lenet5", "phone");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains(
            "error: phone contains no images (JPEG, PNG, BMP, GIF, TIFF or WebP);"
                + " it has files in other formats: 1 .heic; convert them");
  }

  @Test
  void aWebAddressIsNotLookedForAsAFileAndKeepsNoOtherFromItsAnswer() throws IOException {
    image("b.png");
    AppRun run = AppRun.in(folder, "predict", "lenet5", "https://example.com/a.png", "b.png");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).contains("b.png");
    assertThat(run.err())
        .contains("error: https:/example.com/a.png is a web address; download the image");
  }

  private void image(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    ImageIO.write(new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY), "png", file.toFile());
  }
}
