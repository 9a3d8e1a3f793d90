package dev.trifocal.apps.model;

import dev.trifocal.apps.engine.Engines;
import dev.trifocal.apps.run.SettingsDesk;
import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.config.Settings;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Logits;
import dev.trifocal.onnx.ModelMetadata;
import dev.trifocal.onnx.importer.FileValue;
import dev.trifocal.onnx.importer.Import;
import dev.trifocal.onnx.importer.ImportOptions;
import dev.trifocal.onnx.importer.ImportedGraph;
import dev.trifocal.onnx.importer.NotImported;
import dev.trifocal.onnx.importer.OnnxImporter;
import dev.trifocal.picture.Preprocessing;
import dev.trifocal.shape.Shape;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.SoftmaxCrossEntropy;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.trainer.TrainingState;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/** Opens ONNX files: as graphs where that can be, else as they are. */
public final class OnnxShelf {
  private final Terminal terminal;
  private final SettingsDesk desk;
  private final Engines engines;

  @Inject
  OnnxShelf(Terminal terminal, SettingsDesk desk, Engines engines) {
    this.terminal = terminal;
    this.desk = desk;
    this.engines = engines;
  }

  /** The file's graph, or with a remark the file as it is. */
  OpenModel any(ModelRequest request) {
    Import read = read(request);
    if (read instanceof NotImported reasons) {
      return foreign(request, reasons);
    }
    return named(request, (ImportedGraph) read);
  }

  /**
   * @throws dev.trifocal.error.GraphException if no graph can be made of the file
   */
  NamedModel graph(ModelRequest request) {
    return named(request, ImportedFiles.graph(request.name(), read(request)));
  }

  private Import read(ModelRequest request) {
    return OnnxImporter.read(
        terminal.directory().resolve(request.name()),
        new ImportOptions(request.input(), request.ifOpen()));
  }

  private NamedModel named(ModelRequest request, ImportedGraph read) {
    Settings settings = desk.read(request.config(), request.flags());
    ModelMetadata metadata = ModelMetadata.of(request.name(), read.facts().metadata());
    Shape sample = read.graph().inputs().get(0).shape();
    Logits logits = Logits.of(read.graph());
    int units = logits.graph().output(Graph.OUTPUT).shape().size(0);
    TrainingState state =
        TrainingState.start(
            Checkpoint.start(read.graph(), read.weights(), settings.seed()),
            TrainingPlan.of(new SoftmaxCrossEntropy(), settings.training().optimizer().optimizer()),
            UsualMetrics.of(settings, units),
            classes(request, metadata));
    return new NamedModel(
        request.name(),
        state,
        settings,
        preprocessing(request, metadata, Optional.of(sample)),
        Optional.of(read.facts()));
  }

  private ForeignModel foreign(ModelRequest request, NotImported reasons) {
    ModelMetadata metadata = ModelMetadata.of(request.name(), reasons.facts().metadata());
    Optional<Shape> sample =
        request.input().or(() -> declared(reasons)).or(request::ifOpen).or(metadata::input);
    ForeignModel model =
        new ForeignModel(
            request.name(),
            terminal.directory().resolve(request.name()),
            reasons,
            desk.read(request.config(), request.flags()),
            classes(request, metadata),
            preprocessing(request, metadata, sample),
            sample);
    terminal.remark(
        "note: %s; %s runs the file as it is"
            .formatted(Obstacles.brief(request.name(), reasons), model.runner(engines).engine()));
    return model;
  }

  private List<String> classes(ModelRequest request, ModelMetadata metadata) {
    return request
        .classes()
        .map(file -> ClassNames.read(terminal.directory().resolve(file)))
        .orElse(metadata.classes());
  }

  private static Optional<Preprocessing> preprocessing(
      ModelRequest request, ModelMetadata metadata, Optional<Shape> sample) {
    return request.pictures().over(metadata.preprocessing(), sample.orElse(Shape.of()));
  }

  private static Optional<Shape> declared(NotImported reasons) {
    return reasons.facts().inputs().stream().findFirst().flatMap(FileValue::sample);
  }
}
