package dev.trifocal.explain;

import dev.trifocal.error.ConfigurationException;
import dev.trifocal.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Occlusion (Zeiler and Fergus 2014): how far the score falls when a square of the input is zero.
 * Each pixel has the mean over the squares that cover it. Zero is the mean colour for a
 * preprocessing that subtracts it, and black for one that does not.
 *
 * @param window height and width of the square, in pixels of the input
 * @param stride distance between squares, at most {@code window}
 */
public record Occlusion(int window, int stride) implements ExplanationMethod {
  /** Squares in one run of the engine. */
  private static final int BATCH = 16;

  private record Square(int top, int left, int bottom, int right) {}

  /**
   * @throws ConfigurationException unless {@code 0 < stride <= window}
   */
  public Occlusion {
    if (stride <= 0 || stride > window) {
      throw new ConfigurationException(
          "occlusion needs a stride from 1 to its window, so that each pixel is covered, but has window %d and stride %d"
              .formatted(window, stride));
    }
  }

  @Override
  public HeatMap explain(ExplainedClassifier classifier, Tensor image, int label) {
    int height = image.shape().size(2);
    int width = image.shape().size(3);
    List<Square> squares = squares(height, width);
    double whole = classifier.scores(image, label)[0];
    double[] sums = new double[height * width];
    int[] counts = new int[height * width];
    for (int first = 0; first < squares.size(); first += BATCH) {
      List<Square> some = squares.subList(first, Math.min(first + BATCH, squares.size()));
      double[] scores = classifier.scores(occluded(image, some), label);
      for (int i = 0; i < scores.length; i++) {
        Square square = some.get(i);
        for (int y = square.top(); y < square.bottom(); y++) {
          for (int x = square.left(); x < square.right(); x++) {
            sums[y * width + x] += whole - scores[i];
            counts[y * width + x]++;
          }
        }
      }
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] /= counts[i];
    }
    return HeatMap.of(height, width, sums);
  }

  private List<Square> squares(int height, int width) {
    List<Square> result = new ArrayList<>();
    for (int top = 0; top == 0 || top - stride + window < height; top += stride) {
      for (int left = 0; left == 0 || left - stride + window < width; left += stride) {
        result.add(
            new Square(top, left, Math.min(top + window, height), Math.min(left + window, width)));
      }
    }
    return result;
  }

  private static Tensor occluded(Tensor image, List<Square> squares) {
    int height = image.shape().size(2);
    int width = image.shape().size(3);
    float[] values = image.toFloats();
    return Tensor.floats(
        image.shape().with(0, squares.size()),
        buffer -> {
          for (int i = 0; i < squares.size(); i++) {
            buffer.put(values);
            for (int plane = 0; plane < image.shape().size(1); plane++) {
              int start = i * values.length + plane * height * width;
              Square square = squares.get(i);
              for (int y = square.top(); y < square.bottom(); y++) {
                for (int x = square.left(); x < square.right(); x++) {
                  buffer.put(start + y * width + x, 0);
                }
              }
            }
          }
        });
  }
}
