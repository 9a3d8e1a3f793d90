package dev.trifocal.apps.command;

import dev.trifocal.apps.engine.BackendRegistry;
import dev.trifocal.apps.model.ModelRequest;
import dev.trifocal.apps.model.ModelResolver;
import dev.trifocal.apps.model.RunnableModel;
import dev.trifocal.apps.report.Json;
import dev.trifocal.apps.report.NumberText;
import dev.trifocal.apps.report.TextTable;
import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.config.PreprocessingSettings;
import dev.trifocal.datasets.image.ImageFile;
import dev.trifocal.error.DataException;
import dev.trifocal.file.AtomicFile;
import dev.trifocal.image.Image;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.onnx.importer.FileValue;
import dev.trifocal.vision.Classification;
import dev.trifocal.vision.ClassifierModel;
import dev.trifocal.vision.ImageClassifier;
import dev.trifocal.vision.Prediction;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
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
      "  trifocal predict runs/lenet5-digits-1 scans/ --top 1 --csv answers.csv",
      "  trifocal predict mobilenet.onnx --classes imagenet.txt --preprocessing symmetric cat.jpg"
    })
public final class PredictCommand implements Callable<Integer> {
  private static final int IMAGENET = 1000;

  private final Terminal terminal;
  private final ModelResolver models;
  private final BackendRegistry backends;

  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description = "A run directory, an .onnx file, or a name of the zoo.")
  private String model;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "IMAGE",
      description = "Picture files, and folders with pictures at any depth.")
  private List<Path> images;

  @Option(names = "--invert", description = "Swap light and dark first.")
  private boolean invert;

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "5",
      description = "How many classes to show. Default: ${DEFAULT-VALUE}.")
  private int top;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description =
          "Write a table of all answers: image, rank, class, probability; with --top 1 a line for"
              + " each picture.")
  private Optional<Path> csv = Optional.empty();

  @Mixin private ModelFlags given;
  @Mixin private PreprocessingFlags pictures;
  @Mixin private ZooFlags zoo;
  @Mixin private EngineFlags engine;
  @Mixin private JsonFlag json;

  @Inject
  PredictCommand(Terminal terminal, ModelResolver models, BackendRegistry backends) {
    this.terminal = terminal;
    this.models = models;
    this.backends = backends;
  }

  @Override
  public Integer call() {
    ModelRequest request =
        ModelRequest.of(model, engine.config(), zoo.with(engine.values()))
            .images(pictures.choice());
    RunnableModel opened = models.openAny(given.on(request));
    Map<String, Classification> answers = new LinkedHashMap<>();
    try (ImageClassifier classifier = classifier(opened)) {
      for (Path image : PredictedFiles.of(terminal.directory(), images)) {
        Image picture = ImageFile.read(terminal.directory().resolve(image));
        answers.put(image.toString(), classifier.predict(invert ? picture.invert() : picture));
      }
    }
    csv.map(terminal.directory()::resolve)
        .ifPresent(file -> AtomicFile.write(file, PredictionCsv.of(answers, top)));
    remarkOnNames(opened, answers.values().iterator().next().predictions().size());
    terminal.line(json.wanted() ? new Json().text(described(answers)) : table(answers));
    return 0;
  }

  /** Where nobody says how pictures are prepared, the usual is assumed, with a remark. */
  private ImageClassifier classifier(RunnableModel opened) {
    ClassifierModel described =
        new ClassifierModel(
            opened.name(),
            opened.inputs(),
            opened.outputs(),
            opened.sample(),
            opened.preprocessing(),
            opened.classes(),
            opened.scores());
    requireSize(described);
    if (opened.preprocessing().isPresent() || described.image().isEmpty()) {
      return ImageClassifier.of(described, opened.program(backends));
    }
    Preprocessing usual = PreprocessingSettings.usual(described.image().get());
    terminal.remark(
        "note: %s does not say how its pictures are prepared; --preprocessing %s is assumed"
            .formatted(model, usual.equals(Preprocessing.UNIT) ? "unit" : "symmetric"));
    return ImageClassifier.of(described.preprocessing(usual), opened.program(backends));
  }

  private static void requireSize(ClassifierModel described) {
    if (described.inputs().size() == 1 && described.image().isEmpty()) {
      FileValue input = described.inputs().get(0);
      throw new DataException(
          "%s: input '%s' leaves its size open: %s; say which one to use, such as 3x224x224 (--input)"
              .formatted(described.name(), input.name(), input.sizes()));
    }
  }

  private void remarkOnNames(RunnableModel opened, int units) {
    if (opened.classes().isEmpty() && units == IMAGENET) {
      terminal.remark(
          "note: %s has %,d classes without names, perhaps those of ImageNet; name them: --classes FILE"
              .formatted(model, units));
    }
  }

  private String table(Map<String, Classification> answers) {
    TextTable table = new TextTable().text("image").text("class").number("probability");
    answers.forEach(
        (image, answer) -> {
          String shown = image;
          for (Prediction prediction : answer.top(top)) {
            table.row(shown, prediction.name(), NumberText.brief(prediction.probability()));
            shown = "";
          }
        });
    return table.toString();
  }

  private List<Map<String, Object>> described(Map<String, Classification> answers) {
    List<Map<String, Object>> result = new ArrayList<>();
    answers.forEach(
        (image, answer) -> {
          Map<String, Object> entry = new LinkedHashMap<>();
          entry.put("image", image);
          entry.put("classes", answer.top(top).stream().map(PredictCommand::described).toList());
          result.add(entry);
        });
    return result;
  }

  private static Map<String, Object> described(Prediction prediction) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("class", prediction.name());
    result.put("probability", prediction.probability());
    return result;
  }
}
