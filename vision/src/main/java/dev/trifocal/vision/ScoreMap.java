package dev.trifocal.vision;

import dev.trifocal.error.DataException;
import dev.trifocal.explain.HeatMap;
import dev.trifocal.image.Image;
import dev.trifocal.layer.Size2d;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The classes predicted at each position of an image.
 *
 * @param image the image as the network read it
 * @param positions one classification per position, row by row
 * @param rows number of rows of positions
 * @param window size of the part of the image that a position stands for, in pixels
 * @param stride distance between neighbouring positions, in pixels
 */
public record ScoreMap(
    Image image, List<Classification> positions, int rows, Size2d window, Size2d stride) {
  /** The values of two neighbours, and the share of the second one. */
  private record Between(int first, int second, double share) {
    static Between of(int pixel, int window, int stride, int count) {
      double position = (pixel + 0.5 - window / 2.0) / stride;
      double within = Math.max(0, Math.min(count - 1, position));
      int first = (int) within;
      return new Between(first, Math.min(first + 1, count - 1), within - first);
    }
  }

  public ScoreMap {
    positions = List.copyOf(positions);
  }

  /** Returns the number of columns of positions. */
  public int columns() {
    return positions.size() / rows;
  }

  /** Returns the classes at a position. */
  public Classification at(int row, int column) {
    return positions.get(row * columns() + column);
  }

  /** Returns the probabilities of a class at all positions, row by row. */
  public double[] probabilities(int label) {
    return positions.stream().mapToDouble(one -> of(one, label).probability()).toArray();
  }

  /**
   * Returns the classes with their highest probability at any position: first those that are the
   * most likely ones at most positions, then those with the highest probabilities.
   */
  public List<Prediction> classes() {
    Map<Integer, Prediction> highest = new HashMap<>();
    Map<Integer, Integer> counts = new HashMap<>();
    for (Classification position : positions) {
      counts.merge(position.best().id(), 1, Integer::sum);
      for (Prediction one : position.predictions()) {
        highest.merge(one.id(), one, (a, b) -> b.probability() > a.probability() ? b : a);
      }
    }
    return highest.values().stream()
        .sorted(
            Comparator.comparingInt((Prediction one) -> -counts.getOrDefault(one.id(), 0))
                .thenComparingDouble(one -> -one.probability())
                .thenComparingInt(Prediction::id))
        .toList();
  }

  /** Returns the share of the positions at which a class is the most likely one. */
  public double share(int label) {
    return positions.stream().filter(one -> one.best().id() == label).count()
        / (double) positions.size();
  }

  /**
   * Returns the probabilities of a class over the image, in the image's size: those of positions at
   * the middle of their windows, and interpolated between.
   */
  public HeatMap heatMap(int label) {
    double[] values = probabilities(label);
    int columns = columns();
    return new HeatMap(
        Tensor.floats(
            Shape.of(image.height(), image.width()),
            pixels -> {
              for (int y = 0; y < image.height(); y++) {
                Between row = Between.of(y, window.height(), stride.height(), rows);
                for (int x = 0; x < image.width(); x++) {
                  Between column = Between.of(x, window.width(), stride.width(), columns);
                  double above = between(values, row.first() * columns, column);
                  double below = between(values, row.second() * columns, column);
                  pixels.put((float) (above + row.share() * (below - above)));
                }
              }
            }));
  }

  private static double between(double[] values, int first, Between column) {
    double left = values[first + column.first()];
    return left + column.share() * (values[first + column.second()] - left);
  }

  private static Prediction of(Classification classification, int label) {
    return classification.predictions().stream()
        .filter(one -> one.id() == label)
        .findFirst()
        .orElseThrow(() -> new DataException("there is no class " + label));
  }
}
