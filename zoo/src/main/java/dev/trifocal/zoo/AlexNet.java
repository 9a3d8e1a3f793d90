package dev.trifocal.zoo;

import static dev.trifocal.layer.Layer.dropout;
import static dev.trifocal.layer.Layer.flatten;
import static dev.trifocal.layer.Layer.maxPool;
import static dev.trifocal.layer.Layer.relu;

import dev.trifocal.graph.Value;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.layer.Conv2d;
import dev.trifocal.layer.Dense;
import dev.trifocal.layer.Layer;
import dev.trifocal.layer.LocalResponseNorm;
import dev.trifocal.shape.Shape;
import dev.trifocal.weights.Initializer;

/**
 * AlexNet, winner of the 2012 ImageNet challenge: five convolutions, the second, fourth and fifth
 * in two groups (one per GPU), local response normalisation before the first two pools, and
 * overlapping pools. Weights have Caffe's names, {@code conv1} to {@code conv5, fc6, fc7, fc8}.
 *
 * <p>The paper says 224x224, but its shapes require 227x227. Its normalisation divides by {@code (k
 * + alpha * sum)^beta}, where alpha 1e-4 is not divided by the window size 5; for {@link
 * LocalResponseNorm} this alpha is 5e-4. Initial weights are the paper's: normal with standard
 * deviation 0.01; biases are 1 in convolutions 2, 4 and 5 and in the hidden dense layers, else 0.
 *
 * <p>At other input sizes, the last feature maps are pooled to the paper's 6x6; see {@link
 * AdaptiveAvgPool}.
 */
final class AlexNet {
  private static final Paper PAPER =
      new Paper(
          "ImageNet Classification with Deep Convolutional Neural Networks (Krizhevsky, Sutskever"
              + " and Hinton)",
          "https://papers.nips.cc/paper/4824-imagenet-classification-with-deep-convolutional-neural-networks",
          2012);

  static final ZooModel MODEL =
      ZooModel.of("alexnet", PAPER, Shape.of(3, 227, 227), 1000, Network.of(AlexNet::build))
          .published(
              PublishedResults.NOTHING
                  .parameters(
                      60_965_224,
                      "the sum of the paper's layers: 34,944 + 307,456 + 885,120 + 663,936 +"
                          + " 442,624 + 37,752,832 + 16,781,312 + 4,097,000")
                  .multiplyAdds("7.24E8", "Sze et al., https://arxiv.org/abs/1703.09039, table II")
                  .top1("59.3", "the paper, table 2: 1 CNN, mean of ten crops"))
          .preprocessing(Preprocessing.CAFFE)
          .ends("flatten", "fc8");

  private AlexNet() {}

  private static Value build(Value image, ModelOptions options) {
    return image
        .then("conv1", conv(96, 11, 0).stride(4))
        .then("relu1", relu())
        .then("norm1", norm())
        .then("pool1", maxPool(3).stride(2))
        .then("conv2", conv(256, 5, 1).padding(2).groups(2))
        .then("relu2", relu())
        .then("norm2", norm())
        .then("pool2", maxPool(3).stride(2))
        .then("conv3", conv(384, 3, 0).padding(1))
        .then("relu3", relu())
        .then("conv4", conv(384, 3, 1).padding(1).groups(2))
        .then("relu4", relu())
        .then("conv5", conv(256, 3, 1).padding(1).groups(2))
        .then("relu5", relu())
        .then("pool5", maxPool(3).stride(2))
        .block("avgpool", maps -> AdaptiveAvgPool.build(maps, 6))
        .then("flatten", flatten())
        .then("fc6", dense(4096, 1))
        .then("relu6", relu())
        .then("drop6", dropout(0.5))
        .then("fc7", dense(4096, 1))
        .then("relu7", relu())
        .then("drop7", dropout(0.5))
        .then("fc8", dense(options.classes(), 0));
  }

  private static LocalResponseNorm norm() {
    return new LocalResponseNorm(5, 5 * 1e-4, 0.75, 2);
  }

  private static Conv2d conv(int maps, int kernel, double bias) {
    return Layer.conv(maps, kernel).initializers(normal(), new Initializer.Constant(bias));
  }

  private static Dense dense(int units, double bias) {
    return Layer.dense(units).initializers(normal(), new Initializer.Constant(bias));
  }

  private static Initializer normal() {
    return new Initializer.Normal(0, 0.01);
  }
}
