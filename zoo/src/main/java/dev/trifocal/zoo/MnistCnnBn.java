package dev.trifocal.zoo;

import static dev.trifocal.layer.Layer.batchNorm;
import static dev.trifocal.layer.Layer.dense;
import static dev.trifocal.layer.Layer.flatten;
import static dev.trifocal.layer.Layer.globalAvgPool;
import static dev.trifocal.layer.Layer.maxPool;
import static dev.trifocal.layer.Layer.relu;

import dev.trifocal.graph.Value;
import dev.trifocal.shape.Shape;

/**
 * A small network for MNIST that trains in few epochs: five convolutions of 32, 64 and 128
 * channels, each followed by batch norm and ReLU, then global average pooling and one dense layer.
 * Weights are named {@code conv1, bn1, conv2_1, bn2_1, conv2_2, bn2_2, conv3_1, bn3_1, conv3_2,
 * bn3_2, fc}.
 *
 * <p>Max pools stand before the norms and not after the ReLUs. The result is the same where the
 * norm's scale is positive, and norm and ReLU have a quarter of the elements. The first and the
 * last convolution are not padded: the border of a digit is empty, and smaller maps leave time for
 * more channels.
 */
final class MnistCnnBn {
  private static final Paper PAPER =
      new Paper(
          "after Batch Normalization: Accelerating Deep Network Training by Reducing Internal"
              + " Covariate Shift (Ioffe and Szegedy)",
          "https://arxiv.org/abs/1502.03167",
          2015);

  static final ZooModel MODEL =
      ZooModel.of("mnist-cnn-bn", PAPER, Shape.of(1, 28, 28), 10, Network.of(MnistCnnBn::build))
          .published(
              PublishedResults.NOTHING
                  .parameters(279_402, "counted from the layers")
                  .multiplyAdds("13438208", "counted from the layers"))
          .ends("flatten", "fc");

  private MnistCnnBn() {}

  private static Value build(Value image, ModelOptions options) {
    return image
        .then("conv1", ConvBatchNorm.conv(32, 5))
        .then(maxPool(2))
        .then("bn1", batchNorm())
        .then(relu())
        .then("conv2_1", ConvBatchNorm.conv(64, 3).same())
        .then("bn2_1", batchNorm())
        .then(relu())
        .then("conv2_2", ConvBatchNorm.conv(64, 3).same())
        .then(maxPool(2))
        .then("bn2_2", batchNorm())
        .then(relu())
        .then("conv3_1", ConvBatchNorm.conv(128, 3).same())
        .then("bn3_1", batchNorm())
        .then(relu())
        .then("conv3_2", ConvBatchNorm.conv(128, 3))
        .then("bn3_2", batchNorm())
        .then(relu())
        .then(globalAvgPool())
        .then(flatten())
        .then("fc", dense(options.classes()));
  }
}
