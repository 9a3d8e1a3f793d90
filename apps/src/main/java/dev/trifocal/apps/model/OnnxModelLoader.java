package dev.trifocal.apps.model;

import dev.trifocal.apps.engine.BackendChooser;
import dev.trifocal.apps.engine.BackendRegistry;
import dev.trifocal.apps.settings.SettingsLoader;
import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.config.Settings;
import dev.trifocal.graph.Logits;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.onnx.ModelMetadata;
import dev.trifocal.onnx.importer.FileValue;
import dev.trifocal.onnx.importer.ImportFailure;
import dev.trifocal.onnx.importer.ImportOptions;
import dev.trifocal.onnx.importer.ImportResult;
import dev.trifocal.onnx.importer.ImportedGraph;
import dev.trifocal.shape.Shape;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.SoftmaxCrossEntropy;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.trainer.TrainingState;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Opens ONNX files, as graphs where possible. */
public final class OnnxModelLoader {
  /** Typical image shapes for files with dynamic sizes. */
  private static final List<Shape> SIZES = List.of(Shape.of(3, 224, 224), Shape.of(1, 28, 28));

  private final Terminal terminal;
  private final SettingsLoader settingsLoader;
  private final BackendRegistry backends;
  private final BackendChooser chooser;

  @Inject
  OnnxModelLoader(
      Terminal terminal,
      SettingsLoader settingsLoader,
      BackendRegistry backends,
      BackendChooser chooser) {
    this.terminal = terminal;
    this.settingsLoader = settingsLoader;
    this.backends = backends;
    this.chooser = chooser;
  }

  /** Opens a file as a graph or, with a note, as it is. */
  RunnableModel any(ModelRequest request) {
    ImportResult read = read(request);
    if (read instanceof ImportFailure reasons) {
      return foreign(request, reasons);
    }
    return named(request, (ImportedGraph) read);
  }

  /**
   * Opens a file as a graph.
   *
   * @throws dev.trifocal.error.GraphException if the file cannot be imported as a graph
   */
  LoadedModel graph(ModelRequest request) {
    return named(request, ImportedFiles.graph(request.name(), read(request)));
  }

  /** Returns true if the file can be imported as a graph for some image size. */
  boolean isGraph(ModelRequest request) {
    return Files.exists(terminal.directory().resolve(request.name()))
        && SIZES.stream().anyMatch(size -> read(request.ifOpen(size)) instanceof ImportedGraph);
  }

  private ImportResult read(ModelRequest request) {
    return ImportedFiles.read(
        terminal.directory().resolve(request.name()),
        new ImportOptions(request.input(), request.ifOpen(), request.samples()));
  }

  private LoadedModel named(ModelRequest request, ImportedGraph read) {
    Settings settings = settingsLoader.read(request.config(), request.flags());
    Shape sample = read.graph().inputs().get(0).shape();
    Logits logits = Logits.of(read.graph());
    ModelMetadata stated = metadata(request, read);
    ModelMetadata metadata = stated.fitting(read.graph());
    if (request.classes().isEmpty() && !stated.classes().equals(metadata.classes())) {
      terminal.remark(
          "note: %s has %d classes, but metadata with %d class names, which are ignored; name the classes with --classes FILE"
              .formatted(request.name(), logits.classes(), stated.classes().size()));
    }
    TrainingState state =
        TrainingState.start(
            Checkpoint.start(read.graph(), read.weights(), settings.seed()),
            TrainingPlan.of(new SoftmaxCrossEntropy(), settings.training().optimizer().optimizer()),
            DefaultMetrics.of(settings, logits.classes()),
            classes(request, metadata));
    return new LoadedModel(
        request.name(),
        state,
        settings,
        preprocessing(request, metadata, Optional.of(sample)),
        Optional.of(read.facts()));
  }

  private RawOnnxModel foreign(ModelRequest request, ImportFailure reasons) {
    ModelMetadata metadata = metadata(request, reasons);
    Optional<Shape> sample =
        request.input().or(() -> declared(reasons)).or(request::ifOpen).or(metadata::input);
    RawOnnxModel model =
        new RawOnnxModel(
            request.name(),
            terminal.directory().resolve(request.name()),
            reasons,
            chooser.usual(settingsLoader.read(request.config(), request.flags())),
            classes(request, metadata),
            preprocessing(request, metadata, sample),
            sample);
    terminal.remark(
        "note: %s; %s runs the file unchanged"
            .formatted(
                ImportProblems.brief(request.name(), reasons), model.runner(backends).engine()));
    return model;
  }

  private ModelMetadata metadata(ModelRequest request, ImportResult read) {
    ModelMetadata own = ModelMetadata.of(request.name(), read.facts().metadata());
    Path file = terminal.directory().resolve(request.name());
    ModelMetadata whole = own.completed(file);
    MetadataNotes.print(terminal, own, file);
    List<String> unread = ModelMetadata.unread(read.facts().metadata());
    if (whole.classes().isEmpty() && request.classes().isEmpty() && !unread.isEmpty()) {
      terminal.remark(
          "note: %s: its metadata property '%s' is no list of names and is left alone; name the classes with --classes FILE"
              .formatted(request.name(), unread.get(0)));
    }
    return whole;
  }

  private List<String> classes(ModelRequest request, ModelMetadata metadata) {
    return request
        .classes()
        .map(file -> ClassNamesFile.read(terminal.directory().resolve(file)))
        .orElse(metadata.classes());
  }

  private static Optional<Preprocessing> preprocessing(
      ModelRequest request, ModelMetadata metadata, Optional<Shape> sample) {
    return request.images().over(metadata.preprocessing(), sample.orElse(Shape.of()));
  }

  private static Optional<Shape> declared(ImportFailure reasons) {
    return reasons.facts().inputs().stream().findFirst().flatMap(FileValue::sample);
  }
}
