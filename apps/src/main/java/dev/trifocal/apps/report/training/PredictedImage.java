package dev.trifocal.apps.report.training;

import dev.trifocal.image.Image;
import java.util.List;

/**
 * An image with a model's prediction.
 *
 * @param name the name of its file, or another name to find it by
 * @param image the image
 * @param label its actual class
 * @param probabilities the probabilities of the classes, by id
 * @param maps explanations, if any
 */
public record PredictedImage(
    String name, Image image, int label, double[] probabilities, List<ClassMap> maps) {
  public PredictedImage {
    probabilities = probabilities.clone();
    maps = List.copyOf(maps);
  }

  @Override
  public double[] probabilities() {
    return probabilities.clone();
  }

  /** Returns the most likely class, the first of equally likely ones. */
  public int predicted() {
    return ClassProbabilities.largest(probabilities);
  }

  /** Returns the probability of the most likely class. */
  public double confidence() {
    return probabilities[predicted()];
  }

  /** Returns the probability of the actual class. */
  public double labelProbability() {
    return probabilities[label];
  }

  public boolean isRight() {
    return predicted() == label;
  }
}
