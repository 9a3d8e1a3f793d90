package dev.trifocal.vision;

import dev.trifocal.backend.Program;
import dev.trifocal.datasets.image.ImageFile;
import dev.trifocal.error.DataException;
import dev.trifocal.image.CropBox;
import dev.trifocal.image.Image;
import dev.trifocal.image.ImagePreprocessor;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Predicts the class of each pixel of images (semantic segmentation).
 *
 * <pre>{@code
 * try (ImageSegmenter segmenter = ImageSegmenter.load(Path.of("streets.onnx"))) {
 *   Segmentation found = segmenter.predict(Path.of("street.jpg"));
 *   double road = found.share(found.classes().indexOf("road"));
 * }
 * }</pre>
 *
 * Safe for use by several threads; the engine serves one at a time.
 */
public final class ImageSegmenter implements AutoCloseable {
  private static final int MOST = 256;

  private final ClassifierModel model;
  private final Program program;
  private final ImagePreprocessor preprocessor;

  private ImageSegmenter(ClassifierModel model, Program program, ImagePreprocessor preprocessor) {
    this.model = model;
    this.program = program;
    this.preprocessor = preprocessor;
  }

  /**
   * Loads a trained or exported network, as {@link ImageClassifier#load(Path)} does.
   *
   * @throws dev.trifocal.error.TrifocalException if it cannot be read, does not score the classes
   *     of each pixel, or does not define its preprocessing
   */
  public static ImageSegmenter load(Path model) {
    return load(model, ClassifierOptions.DEFAULT);
  }

  /**
   * Loads a network as {@link #load(Path)} does, with options that override those of the model.
   *
   * @throws dev.trifocal.error.TrifocalException as {@link #load(Path)} does
   */
  public static ImageSegmenter load(Path model, ClassifierOptions options) {
    return open(new ClassifierLoader(options).load(model));
  }

  /**
   * Returns a segmenter for a program.
   *
   * @param program program to run; closed with the segmenter
   * @throws DataException if the model does not take a single image, or does not score the classes
   *     of each pixel
   * @throws dev.trifocal.error.ConfigurationException if the size or the preprocessing of its
   *     images is unknown
   */
  public static ImageSegmenter of(ClassifierModel model, Program program) {
    return open(new ClassifierLoader.Found(model, () -> program));
  }

  private static ImageSegmenter open(ClassifierLoader.Found found) {
    ClassifierModel model = found.model();
    if (!model.isSegmentation()) {
      throw new DataException(
          "%s does not score the classes of each pixel: its output is %s"
              .formatted(
                  model.name(), model.scores().shape().map(Shape::toString).orElse("unknown")));
    }
    ImagePreprocessor own = model.requirePreprocessor();
    // A crop would leave pixels without a class.
    ImagePreprocessor whole =
        new ImagePreprocessor(own.preprocessing().shorterSide(0), own.sample());
    return new ImageSegmenter(model, found.program().get(), whole);
  }

  /** Returns the class names in the order of their ids; empty if unknown. */
  public List<String> classes() {
    return model.classes();
  }

  /**
   * Predicts the class of each pixel of an image file.
   *
   * @param file PNG, JPEG, GIF, BMP, TIFF or WebP
   * @throws dev.trifocal.error.FileException if it cannot be read as an image
   */
  public Segmentation predict(Path file) {
    return predict(ImageFile.read(file));
  }

  /**
   * Predicts the class of each pixel. The image is resized to the network's input, and the classes
   * to the image, each pixel with that of the nearest one.
   *
   * @throws DataException if the model outputs something else than scores of up to 256 classes
   */
  public Segmentation predict(Image image) {
    Tensor scores = scores(preprocessor.tensor(preprocessor.fit(image)));
    Image mask = best(scores);
    int height = image.height();
    int width = image.width();
    Image whole = mask.resizeNearest(height, width, new CropBox(0, 0, height, width));
    return new Segmentation(whole, model.classes());
  }

  /** Frees the engine's memory. */
  @Override
  public void close() {
    program.close();
  }

  private Tensor scores(Tensor image) {
    Tensor given = model.isChannelsLast() ? ChannelsLast.of(image) : image;
    Tensor scores;
    synchronized (program) {
      scores = program.run(Map.of(model.inputs().get(0).path(), given)).get(model.scores().name());
    }
    if (scores.shape().rank() != 4 || scores.shape().size(1) > MOST) {
      throw new DataException(
          "%s does not score up to %d classes of each pixel: its output is %s"
              .formatted(model.name(), MOST, scores.shape()));
    }
    return scores;
  }

  /**
   * Returns the class with the highest score at each pixel; with one score, whether it is above 0.
   */
  private static Image best(Tensor scores) {
    int classes = scores.shape().size(1);
    int height = scores.shape().size(2);
    int width = scores.shape().size(3);
    float[] values = scores.toFloats();
    byte[] ids = new byte[height * width];
    for (int pixel = 0; pixel < ids.length; pixel++) {
      int best = classes == 1 && values[pixel] > 0 ? 1 : 0;
      for (int id = 1; id < classes; id++) {
        if (values[id * ids.length + pixel] > values[best * ids.length + pixel]) {
          best = id;
        }
      }
      ids[pixel] = (byte) best;
    }
    return Image.of(height, width, 1, ids);
  }
}
