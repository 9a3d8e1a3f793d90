package dev.trifocal.zoo;

import static dev.trifocal.layer.Layer.batchNorm;
import static dev.trifocal.layer.Layer.maxPool;
import static dev.trifocal.layer.Layer.relu;

import dev.trifocal.graph.Value;
import dev.trifocal.layer.Layer;
import dev.trifocal.shape.Shape;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * U-Net as it is usually trained today: convolutions with padding and without biases, each followed
 * by batch normalization, so that scores have the height and width of the input, which must be
 * multiples of 16. Levels and channels are those of the paper; see {@link UNet} for its network.
 * Classes and input channels can be chosen. Weights use PyTorch's defaults.
 */
final class PaddedUNet {
  private static final int LEVELS = 4;
  private static final int MAPS = 64;

  static final ZooModel MODEL =
      ZooModel.of(
              "unet-padded",
              new Paper(
                  "U-Net: Convolutional Networks for Biomedical Image Segmentation (Ronneberger,"
                      + " Fischer and Brox)",
                  "https://arxiv.org/abs/1505.04597",
                  2015),
              Shape.of(3, 256, 256),
              2,
              Network.of(PaddedUNet::build))
          .published(
              PublishedResults.NOTHING.parameters(
                  31_037_698, "milesial/Pytorch-UNet, n_channels=3, n_classes=2"));

  private PaddedUNet() {}

  private static Value build(Value image, ModelOptions options) {
    Deque<Value> skips = new ArrayDeque<>();
    Value x = convolutions(image, "inc", MAPS);
    for (int level = 1; level <= LEVELS; level++) {
      skips.push(x);
      String name = "down" + level;
      x = convolutions(x.then(name + ".pool", maxPool(2)), name, MAPS << level);
    }
    for (int step = 1; step <= LEVELS; step++) {
      int maps = MAPS << (LEVELS - step);
      String name = "up" + step;
      Value larger = x.then(name + ".up", Layer.convTranspose(maps, 2).stride(2));
      x = convolutions(skips.pop().concat(larger), name, maps);
    }
    return x.then("outc.conv", Layer.conv(options.classes(), 1));
  }

  private static Value convolutions(Value x, String name, int maps) {
    Value y = x;
    for (int i = 1; i <= 2; i++) {
      y =
          y.then(name + ".conv" + i, Layer.conv(maps, 3).padding(1).withoutBias())
              .then(name + ".bn" + i, batchNorm())
              .then(name + ".relu" + i, relu());
    }
    return y;
  }
}
