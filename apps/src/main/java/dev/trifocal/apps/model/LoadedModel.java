package dev.trifocal.apps.model;

import dev.trifocal.apps.engine.BackendRegistry;
import dev.trifocal.backend.Backend;
import dev.trifocal.backend.Program;
import dev.trifocal.config.PreprocessingSettings;
import dev.trifocal.config.Settings;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Logits;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.layer.ScoreKind;
import dev.trifocal.onnx.importer.FileValue;
import dev.trifocal.onnx.importer.ModelInfo;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.trainer.TrainingState;
import java.util.List;
import java.util.Optional;

/**
 * A graph with its weights.
 *
 * @param name the model as the user named it
 * @param state graph, weights, class names and the metrics of its training
 * @param preprocessing the image preprocessing, if known
 * @param settings the settings of its run or of the working directory, including options
 * @param facts the metadata of its ONNX file, if it comes from one
 */
public record LoadedModel(
    String name,
    TrainingState state,
    Settings settings,
    Optional<Preprocessing> preprocessing,
    Optional<ModelInfo> facts)
    implements RunnableModel {
  public Graph graph() {
    return state.checkpoint().graph();
  }

  @Override
  public List<String> classes() {
    return state.classes();
  }

  @Override
  public List<FileValue> inputs() {
    return facts
        .map(ModelInfo::inputs)
        .orElseGet(
            () -> graph().inputs().stream().map(n -> FileValue.of(n.path(), n.shape())).toList());
  }

  @Override
  public List<FileValue> outputs() {
    return facts
        .map(ModelInfo::outputs)
        .orElseGet(
            () ->
                graph().outputs().keySet().stream()
                    .map(output -> FileValue.of(output, graph().output(output).shape()))
                    .toList());
  }

  @Override
  public Optional<Shape> sample() {
    return Optional.of(graph().inputs().get(0).shape());
  }

  @Override
  public Optional<ScoreKind> scores() {
    return Optional.of(Logits.scores(graph()));
  }

  @Override
  public Tensor fitted(FileValue input, Tensor given) {
    return AxisOrder.toGraph(given, input, graph().node(input.path()).shape());
  }

  @Override
  public Program program(BackendRegistry backends) {
    return compile(backends.backend(settings.engine().backend()));
  }

  /** Returns the model for losses and metrics: an ONNX model ends at its logits. */
  public LoadedModel measured() {
    if (facts.isEmpty()) {
      return this;
    }
    return with(Logits.of(graph()).graph());
  }

  /** Prepends preprocessing for images in {@code [0, 1]}; unchanged if none is chosen. */
  public LoadedModel behind(PreprocessingSettings choice) {
    return choice
        .over(Optional.empty(), graph().inputs().get(0).shape())
        .map(PreprocessingLayers::ofUnit)
        .map(chosen -> with(PreprocessingLayers.inFront(graph(), chosen)))
        .orElse(this);
  }

  /** Compiles the model for evaluation. */
  public Program compile(Backend backend) {
    return compile(backend, graph());
  }

  /** Compiles another graph with the model's weights. */
  public Program compile(Backend backend, Graph other) {
    return backend.compile(other, state.checkpoint().weights(), settings.engine().options());
  }

  /** Returns the model with another graph and those of its weights that the graph needs. */
  private LoadedModel with(Graph graph) {
    Checkpoint checkpoint =
        Checkpoint.start(
            graph,
            state.checkpoint().weights().only(graph.weightShapes().keySet()),
            state.checkpoint().seed());
    TrainingState other =
        TrainingState.start(checkpoint, state.plan(), state.metrics(), state.classes());
    return new LoadedModel(name, other, settings, preprocessing, Optional.empty());
  }
}
