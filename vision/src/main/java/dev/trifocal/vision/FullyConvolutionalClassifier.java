package dev.trifocal.vision;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.Program;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.error.DataException;
import dev.trifocal.graph.FullyConvolutional;
import dev.trifocal.graph.Graph;
import dev.trifocal.image.Image;
import dev.trifocal.image.ImagePreprocessor;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.layer.Size2d;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.weights.Weights;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A classifier that predicts classes at each position of an image, see {@link FullyConvolutional}.
 *
 * <pre>{@code
 * try (var classifier = FullyConvolutionalClassifier.load(Path.of("flowers.onnx"))) {
 *   ScoreMap map = classifier.predict(ImageFile.read(Path.of("meadow.jpg")));
 *   Image picture = map.heatMap(map.classes().get(0).id()).over(map.image(), 1);
 * }
 * }</pre>
 *
 * Not thread-safe.
 */
public final class FullyConvolutionalClassifier implements AutoCloseable {
  /** The longer side of images whose size is not chosen, if they have as many pixels. */
  public static final int LONGER_SIDE = 1024;

  /** The network compiled for one size of images. */
  private record Compiled(Size2d size, Program program) {}

  private final ClassifierModel model;
  private final FullyConvolutional network;
  private final Weights weights;
  private final Backend backend;
  private final RunOptions options;
  private final Preprocessing preprocessing;
  private final Size2d window;
  private final Size2d stride;
  private Optional<Compiled> compiled = Optional.empty();

  private FullyConvolutionalClassifier(
      ClassifierModel model,
      FullyConvolutional network,
      Weights weights,
      Backend backend,
      RunOptions options,
      Preprocessing preprocessing) {
    this.model = model;
    this.network = network;
    this.weights = weights;
    this.backend = backend;
    this.options = options;
    this.preprocessing = preprocessing;
    this.window = network.window(model.scores().name());
    this.stride = network.stride(model.scores().name());
  }

  /**
   * Loads a trained or exported classifier, as {@link ImageClassifier#load(Path)} does.
   *
   * @param model a run directory, or an ONNX file that can be converted to a graph
   * @throws dev.trifocal.error.TrifocalException if it cannot be read, does not define its
   *     preprocessing, or cannot become fully convolutional
   */
  public static FullyConvolutionalClassifier load(Path model) {
    return load(model, ClassifierOptions.DEFAULT);
  }

  /**
   * Loads a classifier as {@link #load(Path)} does, with options that override those of the model.
   *
   * @throws dev.trifocal.error.TrifocalException as {@link #load(Path)} does
   */
  public static FullyConvolutionalClassifier load(Path model, ClassifierOptions options) {
    return new ClassifierLoader(options).fullyConvolutional(model);
  }

  /**
   * Returns a classifier for a network.
   *
   * @param model description of the original classifier, with its preprocessing
   * @param weights weights of the original classifier
   * @throws ConfigurationException if the preprocessing is unknown
   * @throws dev.trifocal.error.GraphException if a layer needs images of one size, or the network
   *     has no map of scores
   */
  public static FullyConvolutionalClassifier of(
      ClassifierModel model,
      FullyConvolutional network,
      Weights weights,
      Backend backend,
      RunOptions options) {
    Preprocessing preprocessing = model.requirePreprocessing();
    return new FullyConvolutionalClassifier(
        model, network, network.weights(weights), backend, options, preprocessing.shorterSide(0));
  }

  /**
   * Predicts the classes at each position of an image. A classifier whose map has a single position
   * at its own size reads the image in the size that it has; a longer side of more than {@value
   * #LONGER_SIDE} pixels is reduced to that. For class activation maps, the shorter side becomes
   * that of the classifier's own images, since such a classifier expects things to fill the image.
   * No image is read in less than the classifier's own size.
   *
   * @throws DataException if the model does not output scores per position
   */
  public ScoreMap predict(Image image) {
    Size2d smallest = network.smallest();
    if (!window.equals(smallest)) {
      return predict(image, Math.min(smallest.height(), smallest.width()));
    }
    int longer = Math.max(image.height(), image.width());
    return at(image, Math.min(1, LONGER_SIDE / (double) longer));
  }

  /**
   * Predicts the classes at each position of an image of another size.
   *
   * @param shorterSide shorter side of the image that is read, in pixels, positive; raised where
   *     the image would be smaller than the classifier's own images
   * @throws DataException if the model does not output scores per position
   */
  public ScoreMap predict(Image image, int shorterSide) {
    return at(image, shorterSide / (double) Math.min(image.height(), image.width()));
  }

  /** Frees the engine's memory. */
  @Override
  public void close() {
    compiled.ifPresent(one -> one.program().close());
    compiled = Optional.empty();
  }

  private ScoreMap at(Image image, double factor) {
    Size2d smallest = network.smallest();
    double raised =
        Math.max(
            factor,
            Math.max(
                smallest.height() / (double) image.height(),
                smallest.width() / (double) image.width()));
    Size2d size =
        new Size2d(
            Math.max(smallest.height(), (int) Math.round(raised * image.height())),
            Math.max(smallest.width(), (int) Math.round(raised * image.width())));
    Shape own = network.graph().inputs().get(0).shape();
    ImagePreprocessor preprocessor =
        new ImagePreprocessor(preprocessing, Shape.of(own.size(0), size.height(), size.width()));
    Image fitted = preprocessor.fit(image);
    Tensor scores = scores(size, preprocessor.tensor(fitted));
    List<Integer> sizes = scores.shape().sizes();
    Tensor rows = rows(scores, sizes.get(1), sizes.get(2) * sizes.get(3));
    return new ScoreMap(
        fitted,
        new ScoreReader(model).read(Map.of(model.scores().name(), rows), rows.shape().size(0)),
        sizes.get(2),
        window,
        stride);
  }

  /** Returns the scores, {@code [1, K, H, W]}. */
  private Tensor scores(Size2d size, Tensor image) {
    if (compiled.filter(one -> one.size().equals(size)).isEmpty()) {
      close();
      Graph graph = network.graph(size.height(), size.width()).keep(Set.of(model.scores().name()));
      Weights used = weights.only(graph.weightShapes().keySet());
      compiled = Optional.of(new Compiled(size, backend.compile(graph, used, options)));
    }
    String input = network.graph().inputs().get(0).path();
    return compiled.get().program().run(Map.of(input, image)).get(model.scores().name());
  }

  /** Returns scores {@code [1, K, H, W]} as {@code [H * W, K]}. */
  private static Tensor rows(Tensor scores, int classes, int positions) {
    float[] values = scores.toFloats();
    return Tensor.floats(
        Shape.of(positions, classes),
        buffer -> {
          for (int position = 0; position < positions; position++) {
            for (int label = 0; label < classes; label++) {
              buffer.put(values[label * positions + position]);
            }
          }
        });
  }
}
