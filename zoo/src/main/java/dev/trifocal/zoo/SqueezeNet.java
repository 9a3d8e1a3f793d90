package dev.trifocal.zoo;

import static dev.trifocal.layer.Layer.conv;
import static dev.trifocal.layer.Layer.dropout;
import static dev.trifocal.layer.Layer.flatten;
import static dev.trifocal.layer.Layer.globalAvgPool;
import static dev.trifocal.layer.Layer.maxPool;
import static dev.trifocal.layer.Layer.relu;

import dev.trifocal.graph.Sequential;
import dev.trifocal.graph.Value;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.layer.Conv2d;
import dev.trifocal.layer.Layer;
import dev.trifocal.shape.Shape;
import dev.trifocal.weights.Initializer;
import java.util.List;
import java.util.Set;

/**
 * SqueezeNet: fire modules, in which a 1x1 convolution squeezes the channels and parallel 1x1 and
 * 3x3 convolutions expand them. The classifier is a convolution followed by global average pooling,
 * so the features are not pooled. Version 1.1 pools earlier, at less than half the cost. Names are
 * torchvision's: {@code features.3.expand3x3}.
 *
 * <p>Weights use He initialization, and a normal distribution with standard deviation 0.01 in the
 * last convolution; biases are zero.
 */
final class SqueezeNet {
  private static final Paper PAPER =
      new Paper(
          "SqueezeNet: AlexNet-level accuracy with 50x fewer parameters and <0.5MB model size"
              + " (Iandola et al.)",
          "https://arxiv.org/abs/1602.07360",
          2016);

  private static final Initializer ZERO = new Initializer.Constant(0);

  /** The squeezed channels of the eight fire modules; each half of the expansion has four times. */
  private static final List<Integer> SQUEEZED = List.of(16, 16, 32, 32, 48, 48, 64, 64);

  /**
   * A version of the network.
   *
   * @param maps the channels of the first convolution
   * @param kernel the kernel size of the first convolution
   * @param pools the fire modules, counted from 1, that are followed by a pool
   */
  private record Version(int maps, int kernel, Set<Integer> pools) {}

  static final List<ZooModel> MODELS =
      List.of(
          model("squeezenet1_0", new Version(96, 7, Set.of(3, 7)))
              .published(PublishedResults.torchvision(1_248_424, "0.819E9", "58.092")),
          model("squeezenet1_1", new Version(64, 3, Set.of(2, 4)))
              .published(PublishedResults.torchvision(1_235_496, "0.349E9", "58.178")));

  private SqueezeNet() {}

  private static ZooModel model(String name, Version version) {
    return ZooModel.of(
            name,
            PAPER,
            Shape.of(3, 224, 224),
            1000,
            Network.of((image, options) -> build(image, version, options.classes())))
        .preprocessing(Preprocessing.TORCHVISION)
        .ends("features.12.concat", "classifier.1")
        .weights(PublishedWeights.torchvision(name));
  }

  private static Value build(Value image, Version version, int classes) {
    return image
        .block("features", input -> features(input, version))
        .block("classifier", Sequential.of(classifier(classes)))
        .then("flatten", flatten());
  }

  private static Value features(Value image, Version version) {
    Value value =
        image
            .then("0", he(conv(version.maps, version.kernel).stride(2)))
            .then("1", relu())
            .then("2", pool());
    int place = 3;
    for (int fire = 1; fire <= SQUEEZED.size(); fire++) {
      int squeezed = SQUEEZED.get(fire - 1);
      value = value.block(String.valueOf(place++), maps -> fire(maps, squeezed));
      if (version.pools.contains(fire)) {
        value = value.then(String.valueOf(place++), pool());
      }
    }
    return value;
  }

  private static Value fire(Value maps, int squeezed) {
    Value small = maps.then("squeeze", he(conv(squeezed, 1))).then("squeeze_activation", relu());
    Value points = small.then("expand1x1", he(conv(4 * squeezed, 1)));
    Value squares = small.then("expand3x3", he(conv(4 * squeezed, 3).padding(1)));
    return points
        .then("expand1x1_activation", relu())
        .concat(squares.then("expand3x3_activation", relu()));
  }

  private static List<Layer> classifier(int classes) {
    Conv2d scores = conv(classes, 1).initializers(new Initializer.Normal(0, 0.01), ZERO);
    return List.of(dropout(0.5), scores, relu(), globalAvgPool());
  }

  private static Layer pool() {
    return maxPool(3).stride(2).ceilMode();
  }

  private static Conv2d he(Conv2d convolution) {
    return convolution.initializers(new Initializer.KaimingNormal(), ZERO);
  }
}
