package dev.trifocal.vision;

import dev.trifocal.backend.Program;
import dev.trifocal.datasets.image.ImageFile;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.error.DataException;
import dev.trifocal.graph.Graph;
import dev.trifocal.image.Image;
import dev.trifocal.image.ImagePreprocessor;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.trainer.TrainingState;
import dev.trifocal.weights.Weights;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Classifies images: predicts named classes with probabilities.
 *
 * <pre>{@code
 * try (ImageClassifier classifier = ImageClassifier.load(Path.of("flowers.onnx"))) {
 *   Prediction best = classifier.predict(Path.of("rose.jpg")).best();
 * }
 * }</pre>
 *
 * Safe for use by several threads; the engine serves one at a time.
 */
public final class ImageClassifier implements AutoCloseable {
  /** The number of images in one run of the engine. */
  private static final int BATCH = 32;

  private final ClassifierModel model;
  private final Program program;
  private final ImagePreprocessor preprocessor;

  private ImageClassifier(ClassifierModel model, Program program, ImagePreprocessor preprocessor) {
    this.model = model;
    this.program = program;
    this.preprocessor = preprocessor;
  }

  /**
   * Loads a trained or exported classifier: graph, weights, class names and preprocessing.
   *
   * @param model a run directory, whose best state is loaded; its {@code last/} or {@code best/};
   *     or an ONNX file, even one that cannot be converted to a graph
   * @throws dev.trifocal.error.TrifocalException if it cannot be read, does not classify images, or
   *     does not define its preprocessing
   */
  public static ImageClassifier load(Path model) {
    return load(model, ClassifierOptions.DEFAULT);
  }

  /**
   * Loads a classifier as {@link #load(Path)} does, with options that override those of the model.
   *
   * @throws dev.trifocal.error.TrifocalException as {@link #load(Path)} does
   */
  public static ImageClassifier load(Path model, ClassifierOptions options) {
    return open(new ClassifierLoader(options).load(model));
  }

  /**
   * Returns a classifier for a newly trained state.
   *
   * @throws ConfigurationException if the state does not define its preprocessing
   */
  public static ImageClassifier of(TrainingState state) {
    return of(state, ClassifierOptions.DEFAULT);
  }

  /**
   * Returns a classifier for a state, with options that override those of the state.
   *
   * @throws ConfigurationException if neither defines the preprocessing
   */
  public static ImageClassifier of(TrainingState state, ClassifierOptions options) {
    return open(new ClassifierLoader(options).trained(state.checkpoint().graph().name(), state));
  }

  /**
   * @param preprocessor converts images to the graph's input
   * @param classes class names in the order of their ids; may be empty
   */
  public static ImageClassifier of(
      Graph graph, Weights weights, ImagePreprocessor preprocessor, List<String> classes) {
    ClassifierOptions options =
        ClassifierOptions.DEFAULT.preprocessing(preprocessor.preprocessing()).classes(classes);
    return open(
        new ClassifierLoader(options)
            .graph(graph.name(), graph, weights, Optional.empty(), List.of()));
  }

  /**
   * Returns a classifier for a program.
   *
   * @param program program to run; closed with the classifier
   * @throws DataException if the model does not take a single image
   * @throws ConfigurationException if the size or the preprocessing of its images is unknown
   */
  public static ImageClassifier of(ClassifierModel model, Program program) {
    return open(new ClassifierLoader.Found(model, () -> program));
  }

  /** Opens the program only after all checks, so that a failure leaves none open. */
  static ImageClassifier open(ClassifierLoader.Found found) {
    ClassifierModel model = found.model();
    ImagePreprocessor preprocessor = model.requirePreprocessor();
    return new ImageClassifier(model, found.program().get(), preprocessor);
  }

  /**
   * Returns whether an image may have any number of classes; use {@link Classification#above}
   * rather than {@link Classification#best} then.
   */
  public boolean isMultiLabel() {
    return model.isMultiLabel();
  }

  /** Returns the class names in the order of their ids; empty if unknown. */
  public List<String> classes() {
    return model.classes();
  }

  /** Returns the preprocessing of the images. */
  public ImagePreprocessor preprocessor() {
    return preprocessor;
  }

  /**
   * Classifies an image file.
   *
   * @param file PNG, JPEG, GIF, BMP, TIFF or WebP
   * @throws dev.trifocal.error.FileException if it cannot be read as an image
   * @throws DataException if the model does not output one score per class
   */
  public Classification predict(Path file) {
    return predict(ImageFile.read(file));
  }

  /**
   * Classifies an image.
   *
   * @throws DataException if the model does not output one score per class
   */
  public Classification predict(BufferedImage image) {
    return predict(ImageFile.image(image));
  }

  /**
   * Classifies an image.
   *
   * @throws DataException if the model does not output one score per class
   */
  public Classification predict(Image image) {
    return predictAll(List.of(image)).get(0);
  }

  /**
   * Classifies images in batches; returns the results in the order of the images.
   *
   * @throws DataException if the model does not output one score per class
   */
  public List<Classification> predictAll(List<Image> images) {
    List<Classification> result = new ArrayList<>();
    for (int first = 0; first < images.size(); first += BATCH) {
      List<Image> batch = images.subList(first, Math.min(first + BATCH, images.size()));
      result.addAll(
          predictPreprocessed(Tensor.concat(0, batch.stream().map(preprocessor::tensor).toList())));
    }
    return result;
  }

  /**
   * Classifies the images of a batch that is already preprocessed.
   *
   * @param images float32 {@code [N, C, H, W]}
   * @throws DataException if the model does not output one score per class
   */
  public List<Classification> predictPreprocessed(Tensor images) {
    return new ScoreReader(model).read(outputs(images), images.shape().size(0));
  }

  /** Frees the engine's memory. */
  @Override
  public void close() {
    program.close();
  }

  private Map<String, Tensor> outputs(Tensor images) {
    Tensor given = model.isChannelsLast() ? ChannelsLast.of(images) : images;
    synchronized (program) {
      return program.run(Map.of(model.inputs().get(0).path(), given));
    }
  }
}
