package dev.trifocal.apps;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Heat maps show what a classification depends on")
class ExplainEndToEndTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "grad-cam,onnx",
    "layer-cam,djl",
    "occlusion,dl4j",
    "integrated-gradients,onnx",
    "grad-cam,auto"
  })
  void eachImageGetsAPicture(String method, String backend) throws IOException {
    image("scans/seven.png");
    image("seven.png");
    AppRun run =
        AppRun.in(
            folder,
            "explain",
            "lenet5",
            "scans",
            "seven.png",
            "--method",
            method,
            "--backend",
            backend,
            "--out",
            "maps/new");
    assertThat(run.exitCode()).as(run.err()).isZero();
    for (String file : new String[] {"seven-" + method, "seven-" + method + " (2)"}) {
      BufferedImage picture = ImageIO.read(folder.resolve("maps/new/" + file + ".png").toFile());
      assertThat(picture.getWidth()).isEqualTo(28);
      assertThat(colours(picture)).as("coloured pixels").isPositive();
      assertThat(run.out()).contains(file + ".png");
    }
  }

  @Test
  void theReportShowsWhatSpeaksForThePredictedAndTheActualClass() throws IOException {
    AppRun run =
        AppRun.in(
            folder,
            "evaluate",
            "lenet5",
            "--data",
            "digits",
            "--split",
            "test",
            "--report",
            "report",
            "--explain");
    assertThat(run.exitCode()).as(run.err()).isZero();
    Document page = Jsoup.parse(Files.readString(folder.resolve("report/report.html")));
    Elements wrong = page.select("section:contains(Worst predictions) figure");
    assertThat(wrong).isNotEmpty();
    for (Element figure : wrong) {
      String predicted = figure.select(".bad").text();
      String actual = figure.select(".true").text().replace("actual: ", "");
      assertThat(figure.select(".detail span").eachText())
          .containsExactly("what speaks for " + predicted, "what speaks for " + actual);
    }
    assertThat(wrong)
        .anySatisfy(
            figure ->
                assertThat(figure.select(".detail img").eachAttr("src"))
                    .hasSize(2)
                    .doesNotHaveDuplicates());
    assertThat(
            page.select("section:contains(Correct predictions) figure").stream()
                .allMatch(figure -> figure.select(".detail img").size() == 1))
        .isTrue();
  }

  @Test
  void explanationsNeedAReportToShowThem() {
    AppRun run = AppRun.in(folder, "evaluate", "lenet5", "--data", "digits", "--explain");
    assertThat(run.exitCode()).isNotZero();
    assertThat(run.err()).contains("--explain is for a report; add --report DIR");
  }

  @Test
  void theClassAndTheLayerCanBeChosen() throws IOException {
    image("seven.png");
    AppRun run =
        AppRun.in(
            folder,
            "explain",
            "lenet5",
            "seven.png",
            "--class",
            "7",
            "--layer",
            "tanh",
            "--json",
            "--out",
            "maps");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).contains("layer: tanh");
    JsonNode entry = new ObjectMapper().readTree(run.out()).get(0);
    assertThat(entry.get("id").asInt()).isEqualTo(7);
    assertThat(entry.get("heat_map").asText()).isEqualTo("maps/seven-grad-cam-7.png");
  }

  @Test
  void aPictureDoesNotTakeThePlaceOfAnImage() throws IOException {
    image("scans/seven.png");
    image("scans/seven-grad-cam.png");
    byte[] before = Files.readAllBytes(folder.resolve("scans/seven-grad-cam.png"));
    AppRun run =
        AppRun.in(
            folder,
            "explain",
            "lenet5",
            "scans/seven.png",
            "scans/seven-grad-cam.png",
            "--out",
            "scans");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(Files.readAllBytes(folder.resolve("scans/seven-grad-cam.png"))).isEqualTo(before);
    assertThat(folder.resolve("scans/seven-grad-cam (2).png")).exists();
  }

  @Test
  void anInvertedImageIsExplainedAsThePredictionReadsIt() throws IOException {
    image("seven.png");
    AppRun plain = AppRun.in(folder, "explain", "lenet5", "seven.png", "--out", "plain");
    AppRun inverted =
        AppRun.in(folder, "explain", "lenet5", "seven.png", "--invert", "--out", "inverted");
    assertThat(plain.exitCode() + inverted.exitCode()).as(inverted.err()).isZero();
    BufferedImage dark = ImageIO.read(folder.resolve("plain/seven-grad-cam.png").toFile());
    BufferedImage light = ImageIO.read(folder.resolve("inverted/seven-grad-cam.png").toFile());
    assertThat(light.getRGB(27, 27) & 0xFF).isGreaterThan(dark.getRGB(27, 27) & 0xFF);
  }

  @Test
  void whatIsWrongIsNamed() throws IOException {
    image("seven.png");
    Files.writeString(folder.resolve("broken.png"), "no picture");
    assertThat(failed("seven.png", "--class", "ten")).contains("lenet5 has no class 'ten'");
    assertThat(failed("seven.png", "--method", "occlusion", "--layer", "tanh"))
        .contains("--layer applies to grad-cam and layer-cam");
    assertThat(failed("seven.png", "--layer", "nothing"))
        .contains("lenet5 has no layer nothing for --layer");
    assertThat(folder.resolve("maps")).doesNotExist();
    assertThat(failed("broken.png", "seven.png")).contains("broken.png");
    assertThat(folder.resolve("maps/seven-grad-cam.png")).exists();
  }

  private static int colours(BufferedImage picture) {
    int result = 0;
    for (int pixel = 0; pixel < picture.getWidth() * picture.getHeight(); pixel++) {
      int rgb = picture.getRGB(pixel % picture.getWidth(), pixel / picture.getWidth());
      result += (rgb >> 16 & 0xFF) == (rgb & 0xFF) ? 0 : 1;
    }
    return result;
  }

  private String failed(String... arguments) {
    String[] all = new String[arguments.length + 4];
    all[0] = "explain";
    all[1] = "lenet5";
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    all[all.length - 2] = "--out";
    all[all.length - 1] = "maps";
    AppRun run = AppRun.in(folder, all);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("error: ").doesNotContain("\tat ");
    return run.err();
  }

  private void image(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
    image.getGraphics().fillRect(8, 4, 3, 20);
    ImageIO.write(image, "png", file.toFile());
  }
}
