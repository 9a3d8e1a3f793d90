package dev.trifocal.explain;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.Program;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.TrainingSession;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.error.DataException;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Logits;
import dev.trifocal.graph.Node;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.Loss;
import dev.trifocal.train.Sgd;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.weights.Weights;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A classifier's scores, which are its logits, and their gradients with respect to the values of
 * layers. Batch norm and dropout run in evaluation mode. Not thread-safe.
 */
public final class ExplainedClassifier implements AutoCloseable {
  /** The score of the classes that the labels select; its gradient is what is wanted. */
  private static final Loss SCORE = in -> in.output().times(in.values()).sum();

  /** The parameter of an offset. */
  private static final String WEIGHT = ".weight";

  private static final int RANK_OF_KERNELS = 4;
  private static final int RANK_OF_MAPS = 3;

  private final Logits logits;
  private final Weights weights;
  private final Backend backend;
  private final RunOptions options;
  private Optional<Differentiated> session = Optional.empty();
  private Optional<Program> program = Optional.empty();
  private boolean closed;

  /** A session that differentiates the scores with respect to the value at a path. */
  private record Differentiated(String path, TrainingSession session) {}

  private ExplainedClassifier(Logits logits, Weights weights, Backend backend, RunOptions options) {
    this.logits = logits;
    this.weights = weights.only(logits.graph().weightShapes().keySet());
    this.backend = backend;
    this.options = options;
  }

  /**
   * Returns a classifier.
   *
   * @param logits the network up to its logits, as {@link Logits#unnormalised} returns it
   * @param weights at least those of the network
   * @throws ConfigurationException unless the network has one input, images {@code [C, H, W]}, and
   *     one logit per class
   */
  public static ExplainedClassifier of(
      Logits logits, Weights weights, Backend backend, RunOptions options) {
    List<Node> inputs = logits.graph().inputs();
    Shape scores = logits.graph().output(Graph.OUTPUT).shape();
    if (inputs.size() != 1 || inputs.get(0).shape().rank() != RANK_OF_MAPS || scores.rank() != 1) {
      throw new ConfigurationException(
          "%s cannot be explained: a heat map needs one input of images [C, H, W] and one score per class, but the inputs are %s and the scores %s"
              .formatted(logits.graph().name(), inputs.stream().map(Node::shape).toList(), scores));
    }
    return new ExplainedClassifier(logits, weights, backend, options);
  }

  /** Returns the number of classes. */
  public int classes() {
    return logits.classes();
  }

  /** Returns the path of the input. */
  public String input() {
    return logits.graph().inputs().get(0).path();
  }

  /**
   * Returns the path of the layer that Grad-CAM explains by default: the last one with the height
   * and width of the last convolution's feature maps, such as its activation. Convolutions with a
   * single pixel do not count.
   */
  public Optional<String> lastMaps() {
    Optional<Shape> maps = Optional.empty();
    for (Node node : logits.graph().nodes()) {
      boolean convolves =
          node.parameters().stream().anyMatch(p -> p.shape().rank() == RANK_OF_KERNELS);
      if (convolves && isMaps(node.shape())) {
        maps = Optional.of(node.shape());
      }
    }
    Optional<String> result = Optional.empty();
    for (Node node : logits.graph().nodes()) {
      if (maps.isPresent() && isMaps(node.shape()) && sameSize(node.shape(), maps.get())) {
        result = Optional.of(node.path());
      }
    }
    return result;
  }

  /**
   * Returns the path of a layer with feature maps.
   *
   * @param path path of the layer; empty for {@link #lastMaps}
   * @throws dev.trifocal.error.GraphException if there is no such layer
   * @throws ConfigurationException if it has no rows and columns
   */
  public String requireMaps(Optional<String> path) {
    Graph graph = logits.graph();
    String result =
        path.or(this::lastMaps)
            .orElseThrow(
                () ->
                    new ConfigurationException(
                        "%s has no convolution with rows and columns; explain it by occlusion or integrated gradients, or choose a layer"
                            .formatted(graph.name())));
    Shape shape = graph.node(result).shape();
    if (!isMaps(shape)) {
      throw new ConfigurationException(
          "%s: %s has the shape %s, but a heat map needs feature maps [C, H, W] with more than one pixel"
              .formatted(graph.name(), result, shape));
    }
    return result;
  }

  /**
   * Returns the score of a class for each image.
   *
   * @param images float32 {@code [N, C, H, W]}
   * @param label class id
   * @throws ConfigurationException if there is no such class
   * @throws IllegalStateException if this classifier is closed
   */
  public double[] scores(Tensor images, int label) {
    requireOpen();
    requireClass(label);
    if (program.isEmpty()) {
      program = Optional.of(backend.compile(logits.graph(), weights, options));
    }
    Tensor scores = program.get().run(Map.of(input(), images)).get(Graph.OUTPUT);
    double[] result = new double[images.shape().size(0)];
    for (int i = 0; i < result.length; i++) {
      result[i] = isSingle() ? sign(label) * scores.get(i, 0) : scores.get(i, label);
    }
    return result;
  }

  /**
   * Returns a layer's value, {@code [N, ...]}.
   *
   * @param path path of the layer
   * @param images float32 {@code [N, C, H, W]}
   * @throws dev.trifocal.error.GraphException if there is no such layer
   * @throws IllegalStateException if this classifier is closed
   */
  public Tensor value(String path, Tensor images) {
    return path.equals(input()) ? images : session(path).predict(Map.of(input(), images)).get(path);
  }

  /**
   * Returns the gradient of the score of a class with respect to a layer's value, summed over the
   * batch: the shape is that of the layer's value for one sample.
   *
   * @param path path of the layer or the input
   * @param images float32 {@code [N, C, H, W]}
   * @param label class id
   * @throws ConfigurationException if there is no such class
   * @throws dev.trifocal.error.GraphException if there is no such layer
   * @throws DataException if the gradient is not finite
   * @throws IllegalStateException if this classifier is closed
   */
  public Tensor gradient(String path, Tensor images, int label) {
    requireClass(label);
    TrainingSession differentiating = session(path);
    differentiating.accumulate(
        Map.of(input(), images), Map.of(Graph.OUTPUT, selected(label, images.shape().size(0))));
    Weights gradients = differentiating.gradients();
    if (!gradients.nonFinite().isEmpty()) {
      // An update would make the offset NaN.
      closeSession();
      throw new DataException(
          "%s: the gradient of the score of class %d at %s is not finite"
              .formatted(logits.graph().name(), label, path));
    }
    // Forgets the gradients, and leaves the offset at 0.
    differentiating.update(0);
    return gradients.tensor(offset() + WEIGHT);
  }

  @Override
  public void close() {
    closed = true;
    closeSession();
    program.ifPresent(Program::close);
    program = Optional.empty();
  }

  private void closeSession() {
    session.ifPresent(one -> one.session().close());
    session = Optional.empty();
  }

  private TrainingSession session(String path) {
    requireOpen();
    if (session.filter(one -> one.path().equals(path)).isEmpty()) {
      closeSession();
      session = Optional.of(new Differentiated(path, opened(path)));
    }
    return session.get().session();
  }

  /** Opens a session in which nothing but an offset to the value at a path is trained. */
  private TrainingSession opened(String path) {
    String offset = offset();
    Graph shifted = logits.graph().withOffset(path, offset);
    Graph graph =
        (path.equals(input()) ? shifted : shifted.tap(path))
            .freezeOnly(node -> !node.path().equals(offset));
    Tensor zeros = Tensor.floats(graph.node(offset).shape(), buffer -> {});
    Weights all = weights.with(Map.of(offset + WEIGHT, zeros));
    return backend.train(
        TrainingPlan.of(SCORE, Sgd.of(1)), Checkpoint.start(graph, all, 0), options);
  }

  private String offset() {
    return logits.graph().unusedPath("offset");
  }

  /** Returns the factor of each logit in the score. */
  private Tensor selected(int label, int images) {
    int units = logits.graph().output(Graph.OUTPUT).shape().size(0);
    return Tensor.floats(
        Shape.of(images, units),
        buffer -> {
          for (int i = 0; i < images; i++) {
            buffer.put(i * units + (isSingle() ? 0 : label), isSingle() ? sign(label) : 1);
          }
        });
  }

  /** Returns whether one logit is the score of the second of two classes. */
  private boolean isSingle() {
    return logits.graph().output(Graph.OUTPUT).shape().elements() == 1;
  }

  private static int sign(int label) {
    return label == 1 ? 1 : -1;
  }

  /**
   * Checks the images of a preprocessor.
   *
   * @param sample {@code [C, H, W]}
   * @throws ConfigurationException unless the network reads images of this shape
   */
  void requireImages(Shape sample) {
    Shape own = logits.graph().inputs().get(0).shape();
    if (!sample.equals(own)) {
      throw new ConfigurationException(
          "%s takes images of the shape %s, but the preprocessing gives %s"
              .formatted(logits.graph().name(), own, sample));
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException(logits.graph().name() + ": the classifier is closed");
    }
  }

  private void requireClass(int label) {
    if (label < 0 || label >= classes()) {
      throw new ConfigurationException(
          "%s has %d classes, from 0 to %d, but class %d is to be explained"
              .formatted(logits.graph().name(), classes(), classes() - 1, label));
    }
  }

  private static boolean isMaps(Shape shape) {
    return shape.rank() == RANK_OF_MAPS && shape.size(1) * shape.size(2) > 1;
  }

  private static boolean sameSize(Shape a, Shape b) {
    return a.size(1) == b.size(1) && a.size(2) == b.size(2);
  }
}
