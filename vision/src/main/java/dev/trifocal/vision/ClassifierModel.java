package dev.trifocal.vision;

import dev.trifocal.error.ConfigurationException;
import dev.trifocal.error.DataException;
import dev.trifocal.graph.ScoreOutput;
import dev.trifocal.image.ImagePreprocessor;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.onnx.importer.FileValue;
import dev.trifocal.shape.Shape;
import java.util.List;
import java.util.Optional;

/**
 * The properties of a model that classifies images.
 *
 * @param name name for messages
 * @param inputs inputs of the program; their paths are the names in it
 * @param sample one sample of the input as the program reads it; empty if a size is open
 * @param preprocessing preprocessing of the images; empty if unknown
 * @param classes class names in the order of their ids; may be empty
 * @param scores output that holds the scores
 */
public record ClassifierModel(
    String name,
    List<FileValue> inputs,
    Optional<Shape> sample,
    Optional<Preprocessing> preprocessing,
    List<String> classes,
    ScoreOutput scores) {
  public ClassifierModel {
    inputs = List.copyOf(inputs);
    classes = List.copyOf(classes);
  }

  /** Returns this model with a preprocessing. */
  public ClassifierModel preprocessing(Preprocessing other) {
    return new ClassifierModel(name, inputs, sample, Optional.of(other), classes, scores);
  }

  /**
   * Returns the preprocessing.
   *
   * @throws ConfigurationException if it is unknown
   */
  Preprocessing requirePreprocessing() {
    return preprocessing.orElseThrow(
        () ->
            new ConfigurationException(
                "%s does not say how its images are prepared; give its preprocessing, such as Preprocessing.TORCHVISION"
                    .formatted(name)));
  }

  /**
   * Returns what prepares images for this model.
   *
   * @throws DataException if the model does not take a single image
   * @throws ConfigurationException if the size or the preprocessing of its images is unknown
   */
  ImagePreprocessor requirePreprocessor() {
    if (inputs.size() != 1) {
      throw new DataException(
          "%s has %d inputs, but an image is one; run it on tensors instead"
              .formatted(name, inputs.size()));
    }
    Shape image =
        image()
            .orElseThrow(
                () ->
                    new ConfigurationException(
                        "%s: input '%s' leaves its size open: %s; give the shape of one sample, such as [3, 224, 224]"
                            .formatted(name, inputs.get(0).name(), inputs.get(0).sizes())));
    return new ImagePreprocessor(requirePreprocessing(), image);
  }

  /** Returns the shape of an image, {@code [C, H, W]}, for either layout of the program. */
  public Optional<Shape> image() {
    return sample.map(ClassifierModel::image);
  }

  /** Returns the shape {@code [C, H, W]} of a sample that may have its channels last. */
  public static Shape image(Shape sample) {
    return isChannelsLast(sample)
        ? Shape.of(sample.size(2), sample.size(0), sample.size(1))
        : sample;
  }

  /** Returns whether an image may have any number of classes, each with its own probability. */
  public boolean isMultiLabel() {
    return scores.kind().isIndependent()
        && scores.shape().map(shape -> shape.elements() > 1).orElse(true);
  }

  /** Returns whether the scores are those of each pixel, {@code [K, H, W]}, and not of an image. */
  public boolean isSegmentation() {
    return scores
        .shape()
        .filter(shape -> shape.rank() == 3 && shape.size(1) > 1 && shape.size(2) > 1)
        .isPresent();
  }

  /** Returns whether channels come last, as in some files that run without a graph. */
  boolean isChannelsLast() {
    return sample.filter(ClassifierModel::isChannelsLast).isPresent();
  }

  private static boolean isChannelsLast(Shape sample) {
    return sample.rank() == 3 && !isColours(sample.size(0)) && isColours(sample.size(2));
  }

  private static boolean isColours(int channels) {
    return channels == 1 || channels == 3;
  }
}
