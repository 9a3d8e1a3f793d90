package dev.trifocal.apps;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A name with bytes that are not UTF-8")
@EnabledOnOs(OS.LINUX)
class UndecodedNamesTest {
  /** What Java makes of the name in Latin-1. */
  private static final String DECODED = "caf\uFFFD";

  @TempDir Path folder;

  @BeforeEach
  void images() throws IOException {
    BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
    Files.createDirectory(folder.resolve("scans"));
    for (String name : new String[] {"a.png", "scans/b.png"}) {
      ImageIO.write(image, "png", folder.resolve(name).toFile());
    }
  }

  @Test
  void is_the_reason_why_an_image_is_not_found() throws IOException, InterruptedException {
    ProcessRun run = predict("cp a.png $'caf\\xe9.png'", "a.png $'caf\\xe9.png'");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "error: "
                + DECODED
                + ".png: cannot be read: its name contains bytes that are not valid UTF-8; rename the"
                + " file, or, for an image, pass its folder\n");
    assertThat(run.out()).contains("a.png");
  }

  @Test
  void is_read_through_its_folder() throws IOException, InterruptedException {
    ProcessRun run = predict("cp a.png $'scans/caf\\xe9.png'", "scans");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("scans/b.png", "scans/" + DECODED + ".png");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void is_the_reason_why_a_data_folder_is_not_found() throws IOException, InterruptedException {
    ProcessRun run =
        ProcessRun.in(
            folder, "mkdir $'caf\\xe9' && exec \"$@\" train --data $'caf\\xe9' --model lenet5");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .startsWith("error: '" + DECODED + "' is neither a data set nor a folder")
        .endsWith(
            "; the name contains bytes that are not valid UTF-8, so it cannot be found: rename it\n");
  }

  private ProcessRun predict(String before, String images)
      throws IOException, InterruptedException {
    return ProcessRun.in(
        folder, before + " && exec \"$@\" predict lenet5 --quiet --top 1 " + images);
  }
}
