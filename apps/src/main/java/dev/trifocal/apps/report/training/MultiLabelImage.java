package dev.trifocal.apps.report.training;

import dev.trifocal.image.Image;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An image with a multi-label model's prediction.
 *
 * @param name the name of its file, or another name to find it by
 * @param image the image
 * @param labels whether the image belongs to each class
 * @param probabilities the probability of each class, by id
 */
public record MultiLabelImage(String name, Image image, boolean[] labels, double[] probabilities) {
  private static final double THRESHOLD = 0.5;

  public MultiLabelImage {
    labels = labels.clone();
    probabilities = probabilities.clone();
  }

  @Override
  public boolean[] labels() {
    return labels.clone();
  }

  @Override
  public double[] probabilities() {
    return probabilities.clone();
  }

  double probability(int id) {
    return probabilities[id];
  }

  /** Returns the classes that are predicted and right. */
  List<Integer> right() {
    return ids(true, true);
  }

  /** Returns the classes that are predicted, but wrong. */
  List<Integer> wrong() {
    return ids(true, false);
  }

  /** Returns the classes of the image that are not predicted. */
  List<Integer> missed() {
    return ids(false, true);
  }

  private List<Integer> ids(boolean predicted, boolean present) {
    return IntStream.range(0, labels.length)
        .filter(id -> probabilities[id] > THRESHOLD == predicted && labels[id] == present)
        .boxed()
        .toList();
  }
}
