package dev.trifocal.zoo;

import static dev.trifocal.layer.Layer.dropout;
import static dev.trifocal.layer.Layer.flatten;
import static dev.trifocal.layer.Layer.maxPool;
import static dev.trifocal.layer.Layer.relu;

import dev.trifocal.graph.Value;
import dev.trifocal.layer.Dense;
import dev.trifocal.layer.Layer;
import dev.trifocal.layer.LayerSpec;
import dev.trifocal.shape.Shape;
import dev.trifocal.weights.Initializer;

/**
 * A small VGG-style network for MNIST: two pairs of 3x3 convolutions with 64 and 128 channels, each
 * followed by a max-pool, then dense layers of 100 and 50 units with dropout 0.5. The design
 * follows the paper; the sizes do not. Weights are named {@code conv1_1, conv1_2, conv2_1, conv2_2,
 * fc1, fc2, fc3}.
 *
 * <p>Weights use He initialization with standard deviation {@code sqrt(2 / fanIn)}
 * (arXiv:1502.01852), biases start at zero: a ReLU halves the variance of its input and the factor
 * 2 compensates, so the signal neither vanishes nor explodes over the seven layers. The last layer,
 * which has no ReLU, uses Glorot initialization, so that training starts from nearly equal class
 * scores.
 */
final class MnistCnn {
  private static final Initializer ZERO = new Initializer.Constant(0);

  private static final Paper PAPER =
      new Paper(
          "after Very Deep Convolutional Networks for Large-Scale Image Recognition (Simonyan and"
              + " Zisserman)",
          "https://arxiv.org/abs/1409.1556",
          2014);

  static final ZooModel MODEL =
      ZooModel.of("mnist-cnn", PAPER, Shape.of(1, 28, 28), 10, Network.of(MnistCnn::build))
          .published(
              PublishedResults.NOTHING
                  .parameters(891_868, "counted from the layers")
                  .multiplyAdds("73337724", "counted from the layers"))
          .ends("flatten", "fc3");

  private MnistCnn() {}

  private static Value build(Value image, ModelOptions options) {
    return image
        .then("conv1_1", conv(64))
        .then(relu())
        .then("conv1_2", conv(64))
        .then(relu())
        .then(maxPool(2))
        .then("conv2_1", conv(128))
        .then(relu())
        .then("conv2_2", conv(128))
        .then(relu())
        .then(maxPool(2))
        .then(flatten())
        .then("fc1", dense(100))
        .then(relu())
        .then(dropout(0.5))
        .then("fc2", dense(50))
        .then(relu())
        .then(dropout(0.5))
        .then(
            "fc3",
            Layer.dense(options.classes()).initializers(new Initializer.GlorotUniform(), ZERO));
  }

  private static LayerSpec conv(int maps) {
    return Layer.conv(maps, 3).initializers(new Initializer.KaimingNormal(), ZERO).same();
  }

  private static Dense dense(int units) {
    return Layer.dense(units).initializers(new Initializer.KaimingNormal(), ZERO);
  }
}
