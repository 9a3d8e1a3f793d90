package dev.trifocal.apps.report.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.jsoup.nodes.Document;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("A report on a training")
class TrainingReportTest {
  @TempDir static Path folder;
  private String html;
  private Document page;

  @BeforeAll
  void write() throws IOException {
    assertThat(SampleReport.report().write(folder)).isEmpty();
    html = Files.readString(folder.resolve("report.html"));
    page = parsed(html);
  }

  private static Document parsed(String text) {
    Parser parser = Parser.htmlParser().setTrackErrors(10);
    Document document = parser.parseInput(text, "");
    assertThat(parser.getErrors()).isEmpty();
    return document;
  }

  @Test
  void needsNothingFromElsewhere() {
    assertThat(html).doesNotContain("http:", "https:", "url(", "@import");
    assertThat(page.select("script, link, iframe")).isEmpty();
    assertThat(page.select("img")).allSatisfy(i -> assertThat(i.attr("src")).startsWith("data:"));
  }

  @Test
  void showsNamesAsTheyAre() {
    assertThat(page.title()).isEqualTo("resnet18 on <b>pflanzen</b>");
    assertThat(page.select("h1").text()).isEqualTo("resnet18 on <b>pflanzen</b>");
    assertThat(page.select(".confusion tbody th").eachText()).isEqualTo(SampleReport.CLASSES);
    assertThat(page.select("dt").eachText()).containsExactly("learning rate", "time <data>");
    assertThat(page.select("dd").eachText()).containsExactly("0.001 & less", "1.5 s");
    assertThat(page.select(".name").eachText()).contains("<e>.jpg");
  }

  @Test
  void countsWhatWasTakenForWhat() {
    assertThat(page.select(".confusion tbody td").eachText()).containsExactly("2", "1", "2", "1");
    assertThat(page.select(".confusion td.hit")).hasSize(2);
    assertThat(page.select(".confusion td").first().attr("style")).isEqualTo("--share:0.667");
  }

  @Test
  void scoresEachClassAndTheirMeans() {
    // Class 0: 2 of 4 taken, 2 of 3 found; class 1: 1 of 2 taken, 1 of 3 found.
    assertThat(page.select("tr:contains(script) > td").eachText())
        .containsSubsequence("0.5000", "0.6667", "0.5714", "3");
    assertThat(page.select("tr:contains(Gräser) > td").eachText())
        .containsSubsequence("0.5000", "0.3333", "0.4000", "3");
    assertThat(page.select("tfoot tr").first().select("td").eachText())
        .containsExactly("0.5000", "0.5000", "0.4857", "6");
  }

  @Test
  void showsTheSurestMistakesFirst() {
    List<String> names = page.select("section:contains(Worst predictions) .name").eachText();
    assertThat(names).containsExactly("<e>.jpg", "c.jpg", "f.jpg");
    assertThat(page.select("figcaption").first().select("span").eachText())
        .containsExactly(
            SampleReport.CLASSES.get(0),
            "87.5 %",
            "actual: " + SampleReport.CLASSES.get(1),
            "12.5 %",
            "<e>.jpg");
    assertThat(page.select(".good")).hasSize(3);
  }

  @Test
  void marksWhereFineTuningBegins() {
    assertThat(page.select("svg")).hasSize(2);
    assertThat(page.select("svg .mark").eachAttr("data-epoch")).containsExactly("4", "4");
    double mark = Double.parseDouble(page.select("svg .mark").first().attr("x1"));
    List<Double> dots =
        page.select("svg").first().select("circle.train").eachAttr("cx").stream()
            .map(Double::valueOf)
            .toList();
    assertThat(mark).isBetween(dots.get(2), dots.get(3));
  }

  @Test
  void drawsEveryEpoch() {
    assertThat(page.select("svg").first().select("circle.validation title").eachText())
        .startsWith("epoch 1, validation: 1.1250", "epoch 2, validation: 0.5625");
    assertThat(page.select("details tbody tr")).hasSize(5);
    assertThat(page.select("details tbody tr").get(1).text()).contains("0.500000", "0.562500");
  }

  @Test
  void leavesImagesToLookAt() throws IOException {
    assertThat(image("curves.png").getWidth()).isEqualTo(2240);
    assertThat(image("confusion.png").getHeight()).isEqualTo(1280);
    assertThat(image("predictions.png").getWidth()).isEqualTo(2 * (14 + 6 * (124 + 14)));
  }

  @Test
  void isWrittenWithoutFontsToo(@TempDir Path other) {
    PlotFiles plotFiles = new PlotFiles(SampleReport.report());
    Runnable broken =
        () -> {
          throw new UnsatisfiedLinkError("libfreetype.so.6");
        };
    assertThat(plotFiles.write(other, broken))
        .hasValueSatisfying(words -> assertThat(words).contains("fonts").doesNotContain("\n"));
    assertThat(other).isEmptyDirectory();
  }

  @Test
  void staysSmallWithManyClasses(@TempDir Path other) throws IOException {
    List<String> classes = IntStream.range(0, 1000).mapToObj(i -> "c" + i).toList();
    List<PredictedImage> images =
        IntStream.range(0, 400).mapToObj(TrainingReportTest::oneOfMany).toList();
    new TrainingReport(
            "many",
            "",
            List.of(),
            List.of(),
            MetricCurves.NONE,
            SampleReport.predictions("test", classes, images))
        .write(other);
    assertThat(other.resolve("report.html").toFile().length()).isLessThan(1_000_000);
    Document many = parsed(Files.readString(other.resolve("report.html")));
    assertThat(many.select(".confusion, svg")).isEmpty();
    assertThat(many.select("section").first().select("tbody tr").first().text())
        .isEqualTo("c0 c1 40 100.0 %");
    assertThat(many.select(".gallery figure")).hasSize(48);
    assertThat(other.resolve("curves.png")).doesNotExist();
  }

  /** Every tenth is of class 0 and taken for class 1; all others are right. */
  private static PredictedImage oneOfMany(int i) {
    double[] probabilities = new double[1000];
    probabilities[i % 10 == 0 ? 1 : i] = 1;
    return new PredictedImage(
        "#" + i, SampleReport.gray(28, 28), i % 10 == 0 ? 0 : i, probabilities, List.of());
  }

  private static BufferedImage image(String name) throws IOException {
    return ImageIO.read(folder.resolve(name).toFile());
  }
}
