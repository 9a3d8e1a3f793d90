package dev.trifocal.vision;

import dev.trifocal.backend.Program;
import dev.trifocal.datasets.image.ImageFile;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.error.DataException;
import dev.trifocal.graph.Graph;
import dev.trifocal.image.Image;
import dev.trifocal.image.ImagePreprocessor;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.trainer.TrainingState;
import dev.trifocal.weights.Weights;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Says what images show: named classes with probabilities.
 *
 * <pre>{@code
 * try (ImageClassifier classifier = ImageClassifier.load(Path.of("flowers.onnx"))) {
 *   Prediction best = classifier.predict(Path.of("rose.jpg")).best();
 * }
 * }</pre>
 *
 * Several threads may share one; the engine runs for one of them at a time.
 */
public final class ImageClassifier implements AutoCloseable {
  /** Images in one run of the engine. */
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
   * A classifier that was trained or exported before: its graph, its weights, the names of its
   * classes, and how its images are prepared.
   *
   * @param model a run directory, of which the best state is taken; {@code last/} or {@code best/}
   *     in one; or an ONNX file, also one that no graph can be made of
   * @throws dev.trifocal.error.TrifocalException if it cannot be read, does not classify images, or
   *     does not say how they are prepared
   */
  public static ImageClassifier load(Path model) {
    return load(model, ClassifierOptions.DEFAULT);
  }

  /**
   * As {@link #load(Path)}, where the options say more or something else.
   *
   * @throws dev.trifocal.error.TrifocalException as {@link #load(Path)} does
   */
  public static ImageClassifier load(Path model, ClassifierOptions options) {
    return new ClassifierLoader(options).load(model);
  }

  /**
   * A classifier that was just trained, ready to use.
   *
   * @throws ConfigurationException if the state does not say how images are prepared
   */
  public static ImageClassifier of(TrainingState state) {
    return of(state, ClassifierOptions.DEFAULT);
  }

  /**
   * As {@link #of(TrainingState)}, where the options say more or something else.
   *
   * @throws ConfigurationException if neither says how images are prepared
   */
  public static ImageClassifier of(TrainingState state, ClassifierOptions options) {
    return new ClassifierLoader(options).trained(state.checkpoint().graph().name(), state);
  }

  /**
   * @param preprocessor of images, up to the graph's input
   * @param classes names in the order of their ids; may be empty
   */
  public static ImageClassifier of(
      Graph graph, Weights weights, ImagePreprocessor preprocessor, List<String> classes) {
    ClassifierOptions options =
        ClassifierOptions.DEFAULT.preprocessing(preprocessor.preprocessing()).classes(classes);
    return new ClassifierLoader(options)
        .graph(graph.name(), graph, weights, Optional.empty(), List.of());
  }

  /**
   * A program and what is known of it.
   *
   * @param program which the classifier closes
   * @throws DataException if the model does not read one image
   * @throws ConfigurationException if the size of its images, or how they are prepared, is not
   *     known
   */
  public static ImageClassifier of(ClassifierModel model, Program program) {
    return open(model, () -> program);
  }

  /** Opens the program when all else is well, so that none is left open. */
  static ImageClassifier open(ClassifierModel model, Supplier<Program> program) {
    if (model.inputs().size() != 1) {
      throw new DataException(
          "%s has %d inputs, but an image is one; run it on tensors instead"
              .formatted(model.name(), model.inputs().size()));
    }
    Shape image =
        model
            .image()
            .orElseThrow(
                () ->
                    new ConfigurationException(
                        "%s: input '%s' leaves its size open: %s; give the shape of one sample, such as [3, 224, 224]"
                            .formatted(
                                model.name(),
                                model.inputs().get(0).name(),
                                model.inputs().get(0).sizes())));
    Preprocessing preprocessing =
        model
            .preprocessing()
            .orElseThrow(
                () ->
                    new ConfigurationException(
                        "%s does not say how its images are prepared; give its preprocessing, such as Preprocessing.TORCHVISION"
                            .formatted(model.name())));
    ImagePreprocessor preprocessor = new ImagePreprocessor(preprocessing, image);
    return new ImageClassifier(model, program.get(), preprocessor);
  }

  /** The names of the classes in the order of their ids; empty if they are not known. */
  public List<String> classes() {
    return model.classes();
  }

  /** What images go through. */
  public ImagePreprocessor preprocessor() {
    return preprocessor;
  }

  /**
   * What an image file shows.
   *
   * @param file PNG, JPEG, GIF, BMP, TIFF or WebP
   * @throws dev.trifocal.error.FileException if it cannot be read as an image
   * @throws DataException if the model does not give one score per class
   */
  public Classification predict(Path file) {
    return predict(ImageFile.read(file));
  }

  /**
   * What an image shows.
   *
   * @throws DataException if the model does not give one score per class
   */
  public Classification predict(BufferedImage image) {
    return predict(ImageFile.image(image));
  }

  /**
   * What an image shows.
   *
   * @throws DataException if the model does not give one score per class
   */
  public Classification predict(Image image) {
    return predictAll(List.of(image)).get(0);
  }

  /**
   * What each of several images shows, in their order; the engine runs on batches of them.
   *
   * @throws DataException if the model does not give one score per class
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
   * Returns the answer about each image of a batch that is preprocessed already.
   *
   * @param images float32 {@code [N, C, H, W]}
   * @throws DataException if the model does not give one score per class
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
