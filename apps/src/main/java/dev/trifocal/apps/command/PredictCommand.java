package dev.trifocal.apps.command;

import dev.trifocal.apps.engine.BackendChooser;
import dev.trifocal.apps.engine.BackendRegistry;
import dev.trifocal.apps.model.LoadedModel;
import dev.trifocal.apps.model.ModelRequest;
import dev.trifocal.apps.model.ModelResolver;
import dev.trifocal.apps.model.RunnableModel;
import dev.trifocal.apps.report.Json;
import dev.trifocal.apps.terminal.FailureMessage;
import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.error.FileException;
import dev.trifocal.file.AtomicFile;
import dev.trifocal.image.Image;
import dev.trifocal.vision.ClassifierModel;
import dev.trifocal.vision.FullyConvolutionalClassifier;
import dev.trifocal.vision.ImageClassifier;
import dev.trifocal.vision.ImageSegmenter;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Classifies images. */
@Command(
    name = "predict",
    abbreviateSynopsis = true,
    description = {
      "Classify images: print the most likely classes with their probabilities, or for models that"
          + " predict a class for each pixel, the classes' shares of the pixels.",
      "",
      "Reads PNG, JPEG, GIF, BMP, TIFF and WebP, converts to gray or RGB as the model requires, resizes to its"
          + " input size and scales to [0, 1]. Zoo models use the preprocessing of their published"
          + " weights, .onnx files that of their metadata or of the options. Digit models are"
          + " trained on light strokes on a dark background; use --invert for ink on paper.",
      "",
      "ONNX Runtime runs .onnx files that cannot be imported as a graph."
    },
    footer = {
      "  trifocal predict runs/lenet5-digits-1 seven.png",
      "  trifocal predict runs/lenet5-digits-1 --invert scans/*.jpg --json",
      "  trifocal predict runs/lenet5-digits-1 scans/ --top 1 --csv answers.csv",
      "  trifocal predict runs/lenet5-digits-1 page.png --map maps --top 10",
      "  trifocal predict runs/unet-streets-1 street.jpg --masks masks",
      "  trifocal predict mobilenet.onnx --classes imagenet.txt --preprocessing symmetric cat.jpg"
    })
public final class PredictCommand implements Callable<Integer> {
  private static final int IMAGENET = 1000;

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
      description = "Image files to classify, or folders with images at any depth.")
  private List<Path> images;

  @Mixin private InvertFlag invert;

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "5",
      description = "Number of classes to print per image. Default: ${DEFAULT-VALUE}.")
  private int top;

  @Option(
      names = "--threshold",
      paramLabel = "P",
      defaultValue = "0.5",
      description =
          "Probability above which a class of a multi-label model counts as predicted. Default:"
              + " ${DEFAULT-VALUE}.")
  private double threshold;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description =
          "Write the predictions to this file: image, rank, class, probability. --top 1 gives one line"
              + " per image.")
  private Optional<Path> csv = Optional.empty();

  @Option(
      names = "--map",
      paramLabel = "DIR",
      description =
          "Predict at each position of the images, without cropping, and write the most likely classes"
              + " as heat maps over the image: IMAGE-map-ID.png in this folder. Models with dense"
              + " layers read images in the size that they have, of at most 1024 pixels; models that"
              + " pool globally, with the shorter side of the model's own images. --shorter-side N"
              + " chooses another size.")
  private Optional<Path> map = Optional.empty();

  @Option(
      names = "--masks",
      paramLabel = "DIR",
      description =
          "For models that predict a class for each pixel: write the classes of each image to this"
              + " folder, as a mask (IMAGE-mask.png, whose palette indices are class ids) and over the"
              + " image (IMAGE-overlay.png), and their names to classes.csv.")
  private Optional<Path> masks = Optional.empty();

  @Mixin private ModelFlags given;
  @Mixin private PreprocessingFlags pictures;
  @Mixin private ScoreFlags scores;
  @Mixin private ZooFlags zoo;
  @Mixin private EngineFlags engine;
  @Mixin private JsonFlag json;

  @Inject
  PredictCommand(
      Terminal terminal, ModelResolver models, BackendRegistry backends, BackendChooser chooser) {
    this.terminal = terminal;
    this.models = models;
    this.backends = backends;
    this.chooser = chooser;
  }

  @Override
  public Integer call() {
    if (top < 1) {
      throw new ConfigurationException("--top must be positive, but is " + top);
    }
    if (!(threshold >= 0 && threshold <= 1)) {
      throw new ConfigurationException("--threshold must be within [0, 1], but is " + threshold);
    }
    ModelRequest request =
        ModelRequest.of(model, engine.config(), zoo.with(engine.values()))
            .images(pictures.choice())
            .scores(scores.choice());
    if (map.isPresent() && masks.isPresent()) {
      throw new ConfigurationException("--map and --masks exclude each other; omit one of them");
    }
    if (map.isPresent()) {
      return draw(models.open(given.on(request)), map.get());
    }
    RunnableModel found = models.openAny(given.on(request));
    PredictedFiles files = PredictedFiles.of(terminal.directory(), images);
    RunnableModel opened = found.backend(chooser, 1, files.images().size());
    List<PredictionResults.Answer> answers = new ArrayList<>();
    List<FileException> unreadable = new ArrayList<>();
    ClassifierModel described = UsualPreprocessing.of(opened, scores.choice(), terminal);
    if (described.isSegmentation() || masks.isPresent()) {
      return segment(opened, described, files);
    }
    try (ImageClassifier classifier = ImageClassifier.of(described, opened.program(backends))) {
      files.notes().forEach(terminal::remark);
      for (Path image : files.images()) {
        picture(image, unreadable)
            .map(
                picture ->
                    new PredictionResults.Answer(image.toString(), classifier.predict(picture)))
            .ifPresent(answers::add);
      }
    }
    requireAny(answers.isEmpty(), unreadable);
    OptionalDouble independent =
        opened.classifier(scores.choice()).isMultiLabel()
            ? OptionalDouble.of(threshold)
            : OptionalDouble.empty();
    PredictionResults results = new PredictionResults(answers, top, independent);
    csv.map(terminal.directory()::resolve).ifPresent(file -> AtomicFile.write(file, results.csv()));
    answers.stream()
        .findFirst()
        .ifPresent(answer -> remarkOnNames(opened, answer.scores().predictions().size()));
    if (!answers.isEmpty()) {
      terminal.line(json.wanted() ? new Json().text(results.asList()) : results.table());
    }
    return exitCode(unreadable);
  }

  private int segment(RunnableModel opened, ClassifierModel described, PredictedFiles files) {
    if (csv.isPresent()) {
      throw new ConfigurationException(
          "--csv is for classes of whole images; use --json for shares of pixels");
    }
    masks.map(terminal.directory()::resolve).ifPresent(AtomicFile::requireWritable);
    List<FileException> unreadable = new ArrayList<>();
    try (ImageSegmenter segmenter = ImageSegmenter.of(described, opened.program(backends))) {
      PredictedMasks predicted =
          new PredictedMasks(
              segmenter,
              masks.map(
                  folder ->
                      new PredictedMasks.Folder(
                          terminal.directory(),
                          folder,
                          new PictureFiles(terminal.directory(), folder, files.images()))),
              top);
      files.notes().forEach(terminal::remark);
      for (Path image : files.images()) {
        picture(image, unreadable).ifPresent(picture -> predicted.add(image, picture));
      }
      requireAny(predicted.isEmpty(), unreadable);
      if (!predicted.isEmpty()) {
        predicted.writeClasses();
        terminal.line(json.wanted() ? new Json().text(predicted.asList()) : predicted.table());
      }
    }
    return exitCode(unreadable);
  }

  private int draw(LoadedModel found, Path folder) {
    if (csv.isPresent()) {
      throw new ConfigurationException("--csv applies to images as a whole; omit it, or --map");
    }
    AtomicFile.requireWritable(terminal.directory().resolve(folder));
    PredictedFiles files = PredictedFiles.of(terminal.directory(), images);
    LoadedModel opened = found.backend(chooser, 1, files.images().size());
    List<FileException> unreadable = new ArrayList<>();
    ClassifierModel described = UsualPreprocessing.of(opened, scores.choice(), terminal);
    try (FullyConvolutionalClassifier classifier = opened.fullyConvolutional(backends, described)) {
      PredictedMaps maps =
          new PredictedMaps(
              classifier,
              terminal.directory(),
              new PictureFiles(terminal.directory(), folder, files.images()),
              top,
              pictures.choice().shorterSide().filter(side -> side > 0));
      files.notes().forEach(terminal::remark);
      for (Path image : files.images()) {
        picture(image, unreadable).ifPresent(picture -> maps.draw(image, picture));
      }
      requireAny(maps.isEmpty(), unreadable);
      if (!maps.isEmpty()) {
        terminal.line(json.wanted() ? new Json().text(maps.asList()) : maps.table());
      }
    }
    return exitCode(unreadable);
  }

  private static void requireAny(boolean none, List<FileException> unreadable) {
    if (none && unreadable.size() == 1) {
      throw unreadable.get(0);
    }
  }

  private int exitCode(List<FileException> unreadable) {
    unreadable.forEach(failure -> terminal.error("error: " + failure.getMessage()));
    return unreadable.isEmpty() ? 0 : FailureMessage.Kind.USER.exitCode();
  }

  /** One that cannot be read does not keep the others from being answered. */
  private Optional<Image> picture(Path image, List<FileException> unreadable) {
    try {
      return Optional.of(invert.of(PredictedFiles.read(terminal.directory(), image)));
    } catch (FileException e) {
      unreadable.add(e);
      return Optional.empty();
    }
  }

  private void remarkOnNames(RunnableModel opened, int units) {
    if (opened.classes().isEmpty() && units == IMAGENET) {
      terminal.remark(
          "note: %s has %,d unnamed classes, perhaps those of ImageNet; name them with --classes FILE"
              .formatted(model, units));
    }
  }
}
