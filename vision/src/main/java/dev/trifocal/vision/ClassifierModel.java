package dev.trifocal.vision;

import dev.trifocal.graph.ScoreOutput;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.onnx.importer.FileValue;
import dev.trifocal.shape.Shape;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a model that classifies images.
 *
 * @param name for messages
 * @param inputs what it reads; the path is the name in the program
 * @param sample one sample of the input as the program reads it; empty if a size is open
 * @param preprocessing what images go through; empty if nobody says
 * @param classes names in the order of their ids; may be empty
 * @param scores the output that classifies
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

  /** The same with what its images go through. */
  public ClassifierModel preprocessing(Preprocessing other) {
    return new ClassifierModel(name, inputs, sample, Optional.of(other), classes, scores);
  }

  /** The shape of an image, {@code [C, H, W]}, wherever the program has the channels. */
  public Optional<Shape> image() {
    return sample.map(ClassifierModel::image);
  }

  /** Returns the shape {@code [C, H, W]} of a sample that may have its channels last. */
  public static Shape image(Shape sample) {
    return isChannelsLast(sample)
        ? Shape.of(sample.size(2), sample.size(0), sample.size(1))
        : sample;
  }

  /** Files that run as they are may have the channels of an image last. */
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
