package dev.trifocal.vision;

import dev.trifocal.image.Preprocessing;
import dev.trifocal.layer.ScoreKind;
import dev.trifocal.onnx.importer.FileValue;
import dev.trifocal.shape.Shape;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a model that classifies images.
 *
 * @param name for messages
 * @param inputs what it reads; the path is the name in the program
 * @param outputs what it makes, the scores of the classes first; the path is the name in the
 *     program
 * @param sample one sample of the input as the program reads it; empty if a size is open
 * @param preprocessing what images go through; empty if nobody says
 * @param classes names in the order of their ids; may be empty
 * @param scores how the output is to be read; empty if nobody knows
 */
public record ClassifierModel(
    String name,
    List<FileValue> inputs,
    List<FileValue> outputs,
    Optional<Shape> sample,
    Optional<Preprocessing> preprocessing,
    List<String> classes,
    Optional<ScoreKind> scores) {
  public ClassifierModel {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    classes = List.copyOf(classes);
  }

  /** The same with what its images go through. */
  public ClassifierModel preprocessing(Preprocessing other) {
    return new ClassifierModel(name, inputs, outputs, sample, Optional.of(other), classes, scores);
  }

  /** The shape of an image, {@code [C, H, W]}, wherever the program has the channels. */
  public Optional<Shape> image() {
    return sample.map(s -> isChannelsLast() ? Shape.of(s.size(2), s.size(0), s.size(1)) : s);
  }

  /** Files that run as they are may have the channels of an image last. */
  boolean isChannelsLast() {
    return sample
        .filter(s -> s.rank() == 3 && !isColours(s.size(0)) && isColours(s.size(2)))
        .isPresent();
  }

  private static boolean isColours(int channels) {
    return channels == 1 || channels == 3;
  }
}
