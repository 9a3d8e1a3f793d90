package dev.trifocal.apps.report.training;

import dev.trifocal.image.Image;

/**
 * A picture and what a model takes it for.
 *
 * @param name of its file, or another word to find it again
 * @param label the class that it belongs to
 * @param probabilities of the classes by their ids
 */
public record PredictedImage(String name, Image image, int label, double[] probabilities) {
  public PredictedImage {
    probabilities = probabilities.clone();
  }

  @Override
  public double[] probabilities() {
    return probabilities.clone();
  }

  /** The likeliest class; among equals the first. */
  public int predicted() {
    return ClassProbabilities.largest(probabilities);
  }

  /** The probability of the likeliest class. */
  public double confidence() {
    return probabilities[predicted()];
  }

  /** The probability of the class that it belongs to. */
  public double labelProbability() {
    return probabilities[label];
  }

  public boolean isRight() {
    return predicted() == label;
  }
}
