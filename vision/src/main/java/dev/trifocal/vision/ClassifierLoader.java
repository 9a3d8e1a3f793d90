package dev.trifocal.vision;

import dev.trifocal.backend.BackendProvider;
import dev.trifocal.backend.ModelFileRunner;
import dev.trifocal.backend.Program;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.ScoreOutput;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.onnx.ModelMetadata;
import dev.trifocal.onnx.importer.FileValue;
import dev.trifocal.onnx.importer.ImportFailure;
import dev.trifocal.onnx.importer.ImportOptions;
import dev.trifocal.onnx.importer.ImportResult;
import dev.trifocal.onnx.importer.ImportedGraph;
import dev.trifocal.onnx.importer.OnnxImporter;
import dev.trifocal.selection.Backends;
import dev.trifocal.trainer.RunDirectory;
import dev.trifocal.trainer.TrainingState;
import dev.trifocal.weights.Weights;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Loads classifiers from run directories, ONNX files and states. */
record ClassifierLoader(ClassifierOptions options) {
  /** A model and how to open its program, which the caller closes. */
  record Found(ClassifierModel model, Supplier<Program> program) {}

  Found load(Path model) {
    return Files.isDirectory(model)
        ? trained(model.toString(), RunDirectory.trained(model))
        : file(model);
  }

  Found trained(String name, TrainingState state) {
    TrainingState trained = state.inference();
    return graph(
        name,
        state.prediction(),
        trained.checkpoint().weights(),
        state.preprocessing(),
        state.classes());
  }

  Found graph(
      String name,
      Graph graph,
      Weights weights,
      Optional<Preprocessing> preprocessing,
      List<String> classes) {
    return new Found(
        described(name, graph, preprocessing, classes),
        () -> provider().create().compile(graph, weights, options.run()));
  }

  FullyConvolutionalClassifier fullyConvolutional(Path model) {
    if (Files.isDirectory(model)) {
      TrainingState state = RunDirectory.trained(model);
      return fullyConvolutional(
          model.toString(),
          state.prediction(),
          state.inference().checkpoint().weights(),
          state.preprocessing(),
          state.classes());
    }
    ImportedGraph imported = read(model).orThrow();
    ModelMetadata metadata = metadata(model, imported);
    return fullyConvolutional(
        model.toString(),
        imported.graph(),
        imported.weights(),
        metadata.preprocessing(),
        metadata.fitting(imported.graph()).classes());
  }

  private FullyConvolutionalClassifier fullyConvolutional(
      String name,
      Graph graph,
      Weights weights,
      Optional<Preprocessing> preprocessing,
      List<String> classes) {
    return FullyConvolutionalClassifier.of(
        described(name, graph, preprocessing, classes),
        graph.fullyConvolutional(),
        weights,
        provider().create(),
        options.run());
  }

  private ClassifierModel described(
      String name, Graph graph, Optional<Preprocessing> preprocessing, List<String> classes) {
    List<String> names = options.classes().isEmpty() ? classes : options.classes();
    return new ClassifierModel(
        name,
        graph.inputs().stream().map(n -> FileValue.of(n.path(), n.shape())).toList(),
        Optional.of(graph.inputs().get(0).shape()),
        options.preprocessing().or(() -> preprocessing),
        names,
        scores(name, ScoreOutput.of(graph), names));
  }

  private Found file(Path file) {
    ImportResult read = read(file);
    ModelMetadata metadata = metadata(file, read);
    return read instanceof ImportedGraph imported
        ? imported(file, imported, metadata)
        : asItIs(file, (ImportFailure) read, metadata);
  }

  private ImportResult read(Path file) {
    return OnnxImporter.read(file, new ImportOptions(options.input(), Optional.empty()));
  }

  private static ModelMetadata metadata(Path file, ImportResult read) {
    return ModelMetadata.of(file.toString(), read.facts().metadata()).completed(file);
  }

  private Found imported(Path file, ImportedGraph imported, ModelMetadata metadata) {
    Graph graph = imported.graph();
    return graph(
        file.toString(),
        graph,
        imported.weights(),
        metadata.preprocessing(),
        metadata.fitting(graph).classes());
  }

  /** Opens a file that cannot be converted to a graph, on an engine that runs such files. */
  private Found asItIs(Path file, ImportFailure reasons, ModelMetadata metadata) {
    List<String> names = options.classes().isEmpty() ? metadata.classes() : options.classes();
    List<FileValue> inputs = reasons.facts().inputs().stream().map(FileValue::byName).toList();
    ClassifierModel model =
        new ClassifierModel(
            file.toString(),
            inputs,
            options
                .input()
                .or(() -> inputs.stream().findFirst().flatMap(FileValue::sample))
                .or(metadata::input),
            options.preprocessing().or(metadata::preprocessing),
            names,
            scores(file.toString(), reasons.facts().scores(), names));
    return new Found(model, () -> runner(file, reasons).open(file, options.run()));
  }

  private ScoreOutput scores(String model, List<ScoreOutput> outputs, List<String> names) {
    ScoreOutput chosen = ScoreOutput.choose(model, outputs, names.size(), options.outputName());
    return options.scores().map(chosen::kind).orElse(chosen);
  }

  private ModelFileRunner runner(Path file, ImportFailure reasons) {
    BackendProvider provider = provider();
    return provider
        .fileRunner()
        .orElseThrow(
            () ->
                new ConfigurationException(
                    "%s cannot become a graph, and backend %s runs graphs only; choose backend onnx. In the way: %s"
                        .formatted(file, provider.name(), String.join("; ", reasons.obstacles()))));
  }

  private BackendProvider provider() {
    return options.backend().map(Backends::provider).orElseGet(Backends::preferredProvider);
  }
}
