package dev.trifocal.apps.command;

import dev.trifocal.apps.engine.Engines;
import dev.trifocal.apps.model.ModelRequest;
import dev.trifocal.apps.model.ModelShelf;
import dev.trifocal.apps.model.OpenModel;
import dev.trifocal.apps.picture.Classifier;
import dev.trifocal.apps.picture.Guess;
import dev.trifocal.apps.report.Json;
import dev.trifocal.apps.report.Numbers;
import dev.trifocal.apps.report.Table;
import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.backend.Program;
import dev.trifocal.config.PictureChoice;
import dev.trifocal.datasets.picture.PictureFile;
import dev.trifocal.picture.Picture;
import dev.trifocal.picture.Preprocessing;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what pictures show. */
@Command(
    name = "predict",
    description = {
      "Say what pictures show: the likeliest classes, with their probabilities.",
      "",
      "PNG, JPEG, GIF and BMP are read, made gray or coloured as the model wants it, stretched to"
          + " its size, and scaled to [0, 1]. For a network of the zoo they are scaled, cut and"
          + " normalised as its published weights want it; for an .onnx file as its metadata says,"
          + " or the flags. Models of digits learn light strokes on a dark ground; for ink on paper"
          + " use --invert.",
      "",
      "An .onnx file that cannot become a graph is run by ONNX Runtime as it is."
    },
    footer = {
      "  trifocal predict runs/lenet5-digits-1 seven.png",
      "  trifocal predict runs/lenet5-digits-1 --invert scans/*.jpg --json",
      "  trifocal predict mobilenet.onnx --classes imagenet.txt --preprocessing symmetric cat.jpg"
    })
public final class PredictCommand implements Callable<Integer> {
  private static final int IMAGENET = 1000;

  private final Terminal terminal;
  private final ModelShelf models;
  private final Engines engines;

  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description = "A run directory, an .onnx file, or a name of the zoo.")
  private String model;

  @Parameters(index = "1..*", arity = "1..*", paramLabel = "IMAGE", description = "Picture files.")
  private List<Path> images;

  @Option(names = "--invert", description = "Swap light and dark first.")
  private boolean invert;

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "5",
      description = "How many classes to show. Default: ${DEFAULT-VALUE}.")
  private int top;

  @Mixin private ModelFlags given;
  @Mixin private PictureFlags pictures;
  @Mixin private ZooFlags zoo;
  @Mixin private EngineFlags engine;
  @Mixin private JsonFlag json;

  @Inject
  PredictCommand(Terminal terminal, ModelShelf models, Engines engines) {
    this.terminal = terminal;
    this.models = models;
    this.engines = engines;
  }

  @Override
  public Integer call() {
    ModelRequest request =
        ModelRequest.of(model, engine.config(), zoo.with(engine.values()))
            .pictures(pictures.choice());
    OpenModel opened = models.openAny(given.on(request));
    Map<String, List<Guess>> guesses = new LinkedHashMap<>();
    int units = 0;
    try (Program program = opened.program(engines)) {
      Classifier classifier = new Classifier(opened, program);
      remarkOnPictures(opened);
      for (Path image : images) {
        Picture picture = PictureFile.read(terminal.directory().resolve(image));
        float[] scores = classifier.scores(invert ? picture.invert() : picture);
        units = scores.length;
        guesses.put(image.toString(), classifier.guesses(scores, top));
      }
    }
    remarkOnNames(opened, units);
    terminal.line(json.wanted() ? new Json().text(described(guesses)) : table(guesses));
    return 0;
  }

  private void remarkOnPictures(OpenModel opened) {
    if (opened.preprocessing().isEmpty()) {
      boolean gray =
          opened.sample().map(PictureChoice::usual).equals(Optional.of(Preprocessing.UNIT));
      terminal.remark(
          "note: %s does not say how its pictures are prepared; --preprocessing %s is assumed"
              .formatted(model, gray ? "unit" : "symmetric"));
    }
  }

  private void remarkOnNames(OpenModel opened, int units) {
    if (opened.classes().isEmpty() && units == IMAGENET) {
      terminal.remark(
          "note: %s has %,d classes without names, perhaps those of ImageNet; name them: --classes FILE"
              .formatted(model, units));
    }
  }

  private static String table(Map<String, List<Guess>> guesses) {
    Table table = new Table().text("image").text("class").number("probability");
    guesses.forEach(
        (image, best) -> {
          String name = image;
          for (Guess guess : best) {
            table.row(name, guess.name(), Numbers.brief(guess.probability()));
            name = "";
          }
        });
    return table.toString();
  }

  private static List<Map<String, Object>> described(Map<String, List<Guess>> guesses) {
    return guesses.entrySet().stream()
        .map(
            entry -> {
              Map<String, Object> result = new LinkedHashMap<>();
              result.put("image", entry.getKey());
              result.put("classes", entry.getValue().stream().map(Guess::asMap).toList());
              return result;
            })
        .toList();
  }
}
