package dev.trifocal.apps.command;

import dev.trifocal.apps.data.ContactSheets;
import dev.trifocal.apps.engine.BackendChooser;
import dev.trifocal.apps.engine.BackendRegistry;
import dev.trifocal.apps.model.LoadedModel;
import dev.trifocal.apps.model.ModelRequest;
import dev.trifocal.apps.model.ModelResolver;
import dev.trifocal.apps.model.NodePaths;
import dev.trifocal.apps.report.Json;
import dev.trifocal.apps.report.NumberText;
import dev.trifocal.apps.report.TextTable;
import dev.trifocal.apps.terminal.FailureMessage;
import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.error.FileException;
import dev.trifocal.explain.ExplainedClassifier;
import dev.trifocal.explain.ExplanationMethod;
import dev.trifocal.explain.Explanations;
import dev.trifocal.explain.HeatMap;
import dev.trifocal.file.AtomicFile;
import dev.trifocal.image.Image;
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

/** Shows which parts of images a classification depends on. */
@Command(
    name = "explain",
    abbreviateSynopsis = true,
    description = {
      "Show which parts of images a classification depends on: write each image with a heat map over"
          + " it, light where the image adds most to the score of a class.",
      "",
      "The pictures show the part of the image that the model reads, in gray under the colours. Takes"
          + " the models and images of 'trifocal predict', except .onnx files that cannot be imported"
          + " as a graph."
    },
    footer = {
      "  trifocal explain runs/lenet5-digits-1 seven.png --out maps",
      "  trifocal explain mobilenet.onnx --classes imagenet.txt cat.jpg --class 'tabby, tabby cat'"
          + " --out maps",
      "  trifocal explain flowers.onnx photos/ --method integrated-gradients --out maps"
    })
public final class ExplainCommand implements Callable<Integer> {
  /** What is explained of one image, and where the picture is. */
  private record Explained(Path image, Prediction prediction, Path file) {}

  private final Terminal terminal;
  private final ModelResolver models;
  private final BackendRegistry backends;
  private final BackendChooser chooser;

  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description = "A run directory, an .onnx file or a zoo model.")
  private String model;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "IMAGE",
      description = "Image files to explain, or folders with images at any depth.")
  private List<Path> images;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description =
          "Folder for the pictures, IMAGE-METHOD.png, or IMAGE-METHOD-ID.png with --class.")
  private Path out;

  @Option(
      names = "--class",
      paramLabel = "NAME|ID",
      description =
          "The class whose score is explained, by its name or else its number. Default: the most"
              + " likely one.")
  private Optional<String> label = Optional.empty();

  @Mixin private ExplanationFlags explanation;
  @Mixin private InvertFlag invert;
  @Mixin private ModelFlags given;
  @Mixin private PreprocessingFlags pictures;
  @Mixin private ScoreFlags scores;
  @Mixin private ZooFlags zoo;
  @Mixin private EngineFlags engine;
  @Mixin private JsonFlag json;

  @Inject
  ExplainCommand(
      Terminal terminal, ModelResolver models, BackendRegistry backends, BackendChooser chooser) {
    this.terminal = terminal;
    this.models = models;
    this.backends = backends;
    this.chooser = chooser;
  }

  @Override
  public Integer call() {
    ExplanationMethod method = explanation.method();
    AtomicFile.requireWritable(terminal.directory().resolve(out));
    ModelRequest request =
        ModelRequest.of(model, engine.config(), zoo.with(engine.values()))
            .images(pictures.choice())
            .scores(scores.choice());
    LoadedModel found = models.open(given.on(request));
    PredictedFiles files = PredictedFiles.of(terminal.directory(), images);
    LoadedModel opened = found.backend(chooser, 1, files.images().size());
    ClassifierModel described = UsualPreprocessing.of(opened, scores.choice(), terminal);
    files.notes().forEach(terminal::remark);
    List<Explained> result = new ArrayList<>();
    List<FileException> unreadable = new ArrayList<>();
    try (ImageClassifier classifier = ImageClassifier.of(described, opened.program(backends));
        Explanations explanations = Explanations.of(explained(opened), classifier.preprocessor())) {
      PictureFiles targets = new PictureFiles(terminal.directory(), out, files.images());
      for (Path file : files.images()) {
        Optional<Image> read = read(file, unreadable);
        if (read.isPresent()) {
          Image image = read.get();
          Prediction prediction = chosen(classifier.predict(image));
          HeatMap map = explanations.explain(image, prediction.id(), method);
          Path target = target(targets, file, prediction);
          if (!(map.max() > 0)) {
            terminal.remark(
                "note: %s: nothing adds to the score of '%s'".formatted(file, prediction.name()));
          }
          ContactSheets.write(
              terminal.directory().resolve(target), map.over(explanations.seen(image)));
          result.add(new Explained(file, prediction, target));
        }
      }
    }
    if (!result.isEmpty()) {
      terminal.line(json.wanted() ? new Json().text(asList(result)) : table(result));
    }
    unreadable.forEach(failure -> terminal.error("error: " + failure.getMessage()));
    return unreadable.isEmpty() ? 0 : FailureMessage.Kind.USER.exitCode();
  }

  /** An image that cannot be read does not keep the others from being explained. */
  private Optional<Image> read(Path file, List<FileException> unreadable) {
    try {
      return Optional.of(invert.of(PredictedFiles.read(terminal.directory(), file)));
    } catch (FileException e) {
      unreadable.add(e);
      return Optional.empty();
    }
  }

  private ExplainedClassifier explained(LoadedModel opened) {
    explanation.layer().ifPresent(path -> NodePaths.requireNode(opened.graph(), "--layer", path));
    ExplainedClassifier classifier = opened.explained(backends, scores.choice());
    explanation.layerOf(classifier).ifPresent(path -> terminal.remark("layer: " + path));
    return classifier;
  }

  /** Returns the class to explain. */
  private Prediction chosen(Classification classification) {
    if (label.isEmpty()) {
      return classification.best();
    }
    List<Prediction> named =
        classification.predictions().stream()
            .filter(one -> one.name().equals(label.get()))
            .toList();
    if (named.size() > 1) {
      throw new ConfigurationException(
          "--class: %s has several classes '%s'; name one by its number: %s"
              .formatted(model, label.get(), named.stream().map(Prediction::id).toList()));
    }
    return named.stream()
        .findFirst()
        .or(
            () ->
                classification.predictions().stream()
                    .filter(one -> label.get().equals(Integer.toString(one.id())))
                    .findFirst())
        .orElseThrow(
            () ->
                new ConfigurationException(
                    "--class: %s has no class '%s'; it has %,d, of which the most likely is '%s' (%d)"
                        .formatted(
                            model,
                            label.get(),
                            classification.predictions().size(),
                            classification.best().name(),
                            classification.best().id())));
  }

  private Path target(PictureFiles targets, Path image, Prediction prediction) {
    String method = explanation.name();
    return targets.next(image, label.isPresent() ? method + "-" + prediction.id() : method);
  }

  private static String table(List<Explained> result) {
    TextTable table = new TextTable().text("image").text("class").number("probability");
    table.text("heat map");
    for (Explained one : result) {
      table.row(
          one.image(),
          one.prediction().name(),
          NumberText.brief(one.prediction().probability()),
          one.file());
    }
    return table.toString();
  }

  private List<Map<String, Object>> asList(List<Explained> result) {
    List<Map<String, Object>> list = new ArrayList<>();
    for (Explained one : result) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("image", one.image().toString());
      entry.put("class", one.prediction().name());
      entry.put("id", one.prediction().id());
      entry.put("probability", one.prediction().probability());
      entry.put("method", explanation.name());
      entry.put("heat_map", one.file().toString());
      list.add(entry);
    }
    return list;
  }
}
