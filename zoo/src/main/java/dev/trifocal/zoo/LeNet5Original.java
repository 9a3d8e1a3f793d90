package dev.trifocal.zoo;

import static dev.trifocal.layer.Layer.avgPool;
import static dev.trifocal.layer.Layer.flatten;

import dev.trifocal.graph.Value;
import dev.trifocal.layer.Affine;
import dev.trifocal.layer.Conv2d;
import dev.trifocal.layer.Dense;
import dev.trifocal.layer.Layer;
import dev.trifocal.shape.Shape;
import dev.trifocal.weights.Initializer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * LeNet-5 as in the 1998 paper: C1, S2, C3, S4, C5, F6.
 *
 * <p>As in the paper: sub-sampling with a learned coefficient and bias per channel and a sigmoid;
 * the sparse connections from the six channels of S2 to those of C3; C5 as a convolution; the
 * scaled hyperbolic tangent {@code 1.7159 tanh(2/3 x)}.
 *
 * <p>Unlike in the paper, the output is a dense layer of logits with 850 weights instead of the
 * distances from ten fixed character bitmaps, so there are 60,850 parameters instead of 60,000.
 * Coefficients multiply the mean of four inputs instead of their sum, which is the same function
 * with four times the coefficient. Initial weights are PyTorch's default; the paper uses a range of
 * 2.4 divided by the fan-in. Images of 28x28 are padded by two pixels to the paper's 32x32.
 *
 * <p>Weights are named {@code c1, s2, c3.three, c3.four, c3.six, s4, c5, f6, output}.
 */
final class LeNet5Original {
  static final ZooModel MODEL =
      ZooModel.of(
              "lenet5-original",
              LeNet5.PAPER,
              Shape.of(1, 28, 28),
              10,
              Network.of(LeNet5Original::build))
          .published(
              PublishedResults.NOTHING.parameters(
                  60_850,
                  "the paper's 60,000, and 850 of the output layer that replaces its codes"))
          .ends("flatten", "output");

  /** Table I of the paper, for channels 0 to 5, 6 to 14 and 15 of C3. */
  private static final List<List<Integer>> THREE =
      List.of(
          List.of(0, 1, 2),
          List.of(1, 2, 3),
          List.of(2, 3, 4),
          List.of(3, 4, 5),
          List.of(4, 5, 0),
          List.of(5, 0, 1));

  private static final List<List<Integer>> FOUR =
      List.of(
          List.of(0, 1, 2, 3),
          List.of(1, 2, 3, 4),
          List.of(2, 3, 4, 5),
          List.of(3, 4, 5, 0),
          List.of(4, 5, 0, 1),
          List.of(5, 0, 1, 2),
          List.of(0, 1, 3, 4),
          List.of(1, 2, 4, 5),
          List.of(0, 2, 3, 5));

  private LeNet5Original() {}

  private static Value build(Value image, ModelOptions options) {
    Value c1 = squash(image.then("c1", conv(6).padding(2)));
    Value c3 = squash(subsample(c1, "s2").block("c3", LeNet5Original::sparse));
    Value c5 = squash(subsample(c3, "s4").then("c5", conv(120)));
    return squash(c5.then("flatten", flatten()).then("f6", dense(84)))
        .then("output", dense(options.classes()));
  }

  private static Value subsample(Value maps, String name) {
    int channels = maps.shape().size(0);
    Conv2d scale =
        Layer.conv(channels, 1)
            .groups(channels)
            .initializers(new Initializer.Constant(1), new Initializer.Constant(0));
    return maps.then(avgPool(2)).then(name, scale).then(Layer.sigmoid());
  }

  private static Value sparse(Value maps) {
    return connected(maps, "three", THREE)
        .concat(connected(maps, "four", FOUR), maps.then("six", conv(1)));
  }

  /** Computes one channel per list from the listed channels, each as a group of one convolution. */
  private static Value connected(Value maps, String name, List<List<Integer>> table) {
    Value[] read =
        table.stream()
            .flatMap(List::stream)
            .map(map -> maps.then(Layer.slice(0, map, map + 1)))
            .toArray(Value[]::new);
    return read[0]
        .concat(Arrays.copyOfRange(read, 1, read.length))
        .then(name, conv(table.size()).groups(table.size()));
  }

  private static Value squash(Value value) {
    int channels = value.shape().size(0);
    return value.then(scale(channels, 2f / 3)).then(Layer.tanh()).then(scale(channels, 1.7159f));
  }

  private static Affine scale(int channels, float factor) {
    return new Affine(Collections.nCopies(channels, factor), Collections.nCopies(channels, 0f));
  }

  private static Conv2d conv(int maps) {
    return Layer.conv(maps, 5);
  }

  private static Dense dense(int units) {
    return Layer.dense(units);
  }
}
