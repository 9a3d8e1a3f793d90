package dev.trifocal.apps.model;

import dev.trifocal.apps.engine.BackendChooser;
import dev.trifocal.apps.engine.BackendRegistry;
import dev.trifocal.backend.Backend;
import dev.trifocal.backend.Program;
import dev.trifocal.config.PreprocessingSettings;
import dev.trifocal.config.Settings;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.explain.ExplainedClassifier;
import dev.trifocal.graph.FullyConvolutional;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Logits;
import dev.trifocal.graph.ScoreOutput;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.inspect.LayerValues;
import dev.trifocal.metric.Metric;
import dev.trifocal.onnx.importer.FileValue;
import dev.trifocal.onnx.importer.ModelInfo;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.Loss;
import dev.trifocal.train.Objective;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.trainer.TrainingState;
import dev.trifocal.vision.ClassifierModel;
import dev.trifocal.vision.FullyConvolutionalClassifier;
import dev.trifocal.weights.Weights;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

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
        .map(info -> info.inputs().stream().filter(this::isUsed).toList())
        .orElseGet(
            () -> graph().inputs().stream().map(n -> FileValue.of(n.path(), n.shape())).toList());
  }

  @Override
  public List<String> unusedInputs() {
    return facts.stream()
        .flatMap(info -> info.inputs().stream())
        .filter(input -> !isUsed(input))
        .map(FileValue::name)
        .toList();
  }

  private boolean isUsed(FileValue input) {
    return graph().inputs().stream().anyMatch(node -> node.path().equals(input.path()));
  }

  @Override
  public List<FileValue> outputs() {
    return facts
        .map(ModelInfo::outputs)
        .orElseGet(
            () ->
                predictionGraph().outputs().keySet().stream()
                    .map(output -> FileValue.of(output, predictionGraph().output(output).shape()))
                    .toList());
  }

  @Override
  public Optional<Shape> sample() {
    return Optional.of(graph().inputs().get(0).shape());
  }

  @Override
  public ScoreOutput scores(ScoreChoice choice) {
    Optional<String> output = choice.output().map(this::graphName);
    return new ScoreChoice(output, choice.kind())
        .of(name, ScoreOutput.of(predictionGraph()), classes().size());
  }

  /** The name in the graph of an output that the user calls as the file does. */
  private String graphName(String output) {
    return outputs().stream()
        .filter(value -> value.name().equals(output))
        .map(FileValue::path)
        .findFirst()
        .orElse(output);
  }

  @Override
  public Tensor fitted(FileValue input, Tensor given) {
    return AxisOrder.toGraph(given, input, graph().node(input.path()).shape());
  }

  @Override
  public LoadedModel backend(BackendChooser chooser, int batchSize, long batches) {
    Settings chosen =
        chooser.inference(
            settings, predictionGraph(), state.checkpoint().weights(), batchSize, batches);
    return new LoadedModel(name, state, chosen, preprocessing, facts);
  }

  @Override
  public Program program(BackendRegistry backends) {
    return compile(backends.backend(settings.engine().backend()), predictionGraph());
  }

  /**
   * Returns the model for losses and metrics: an ONNX model ends at its logits and has the loss
   * that suits them.
   *
   * @param ignoreIndex the class id of labels of no class
   */
  public LoadedModel measured(ScoreChoice choice, OptionalLong ignoreIndex) {
    requireSameLabelling();
    if (facts.isEmpty() && choice.equals(ScoreChoice.NONE)) {
      return this;
    }
    ScoreOutput chosen = scores(choice);
    Logits logits = Logits.of(graph(), chosen.name());
    Shape output = logits.graph().output(Graph.OUTPUT).shape();
    int units = output.size(0);
    Loss loss =
        settings.images().isMultiLabel()
            ? ClassifierLoss.multiLabel(name, chosen.kind())
            : ClassifierLoss.of(chosen.kind(), units, ignoreIndex);
    return with(
        logits.graph(),
        state.plan().objectives(List.of(new Objective(Graph.OUTPUT, loss, 1))),
        facts.isPresent() ? DefaultMetrics.of(settings, output) : state.metrics());
  }

  /** Rejects a run whose loss does not suit the labels. */
  private void requireSameLabelling() {
    boolean independent =
        state.plan().objectives().stream().anyMatch(one -> one.loss().isIndependent());
    if (facts.isEmpty() && settings.images().isMultiLabel() && !independent) {
      throw new ConfigurationException(
          "%s was trained with one class per image; evaluate it without --multi-label"
              .formatted(name));
    }
  }

  /** Returns the graph for prediction: that of an ONNX file as it is. */
  public Graph predictionGraph() {
    return facts.isPresent() ? graph() : state.prediction();
  }

  /**
   * Returns the model for explanations of the scores of the output that classifies.
   *
   * @throws ConfigurationException if it does not classify images
   */
  public ExplainedClassifier explained(BackendRegistry backends, ScoreChoice choice) {
    return ExplainedClassifier.of(
        Logits.unnormalised(predictionGraph(), scores(choice).name()),
        state.checkpoint().weights(),
        backends.backend(settings.engine().backend()),
        settings.engine().options());
  }

  /**
   * Returns the network of the model for images of any size.
   *
   * @throws dev.trifocal.error.GraphException if it cannot become fully convolutional
   */
  public FullyConvolutional fullyConvolutional() {
    Graph graph = predictionGraph();
    // Exporters give all graphs the same name, which would not help in messages.
    String known = facts.isPresent() ? String.valueOf(Path.of(name).getFileName()) : graph.name();
    return new Graph(known, graph.nodes(), graph.outputs()).fullyConvolutional();
  }

  /**
   * Returns the model as a classifier of each position of images.
   *
   * @param described the description of this model, with its preprocessing
   * @throws dev.trifocal.error.GraphException if it cannot become fully convolutional
   */
  public FullyConvolutionalClassifier fullyConvolutional(
      BackendRegistry backends, ClassifierModel described) {
    return FullyConvolutionalClassifier.of(
        described,
        fullyConvolutional(),
        state.checkpoint().weights(),
        backends.backend(settings.engine().backend()),
        settings.engine().options());
  }

  /**
   * Returns the values of all layers of the graph for prediction.
   *
   * @param samples float32 {@code [N, ...]}
   */
  public LayerValues layerValues(BackendRegistry backends, Tensor samples) {
    return LayerValues.of(
        predictionGraph(),
        state.checkpoint().weights(),
        samples,
        backends.backend(settings.engine().backend()),
        settings.engine().options());
  }

  /** Prepends preprocessing for images in {@code [0, 1]}; unchanged if none is chosen. */
  public LoadedModel behind(PreprocessingSettings choice) {
    return choice
        .over(Optional.empty(), graph().inputs().get(0).shape())
        .map(PreprocessingLayers::ofUnit)
        .map(
            chosen ->
                with(PreprocessingLayers.inFront(graph(), chosen), state.plan(), state.metrics()))
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

  /** Returns the model with other weights of the same names and shapes. */
  public LoadedModel weights(Weights other) {
    Checkpoint before = state.checkpoint();
    Checkpoint checkpoint =
        new Checkpoint(before.graph(), other, before.slots(), before.step(), before.seed());
    return new LoadedModel(
        name, state.at(checkpoint, state.progress()), settings, preprocessing, facts);
  }

  /** Returns the model with another graph and those of its weights that the graph needs. */
  private LoadedModel with(Graph graph, TrainingPlan plan, List<Metric> metrics) {
    Checkpoint checkpoint =
        Checkpoint.start(
            graph,
            state.checkpoint().weights().only(graph.weightShapes().keySet()),
            state.checkpoint().seed());
    TrainingState other = TrainingState.start(checkpoint, plan, metrics, state.classes());
    return new LoadedModel(name, other, settings, preprocessing, Optional.empty());
  }
}
