package dev.trifocal.zoo;

import static dev.trifocal.layer.Layer.batchNorm;
import static dev.trifocal.layer.Layer.maxPool;
import static dev.trifocal.layer.Layer.relu;

import dev.trifocal.graph.Value;
import dev.trifocal.layer.Layer;
import dev.trifocal.shape.Shape;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;

/**
 * U-Net as it is usually trained today: convolutions with padding and without biases, each followed
 * by batch normalization, so that scores have the height and width of the input, any of at least
 * 16. With the default width, there are 16 to 256 channels, which suit some thousands of images;
 * the width 4 gives the paper's 64 to 1,024, and the layers of milesial/Pytorch-UNet, by their
 * names. See {@link UNetOriginal} for the paper's network. Where a size is odd, upsampled maps are
 * padded, as by milesial. Classes, input channels and width can be chosen. Weights use PyTorch's
 * defaults.
 */
final class UNet {
  private static final int LEVELS = 4;
  private static final int MAPS = 16;

  static final ZooModel MODEL =
      ZooModel.of(
              "unet",
              new Paper(
                  "U-Net: Convolutional Networks for Biomedical Image Segmentation (Ronneberger,"
                      + " Fischer and Brox)",
                  "https://arxiv.org/abs/1505.04597",
                  2015),
              Shape.of(3, 256, 256),
              2,
              Network.of(UNet::build))
          .choices(EnumSet.allOf(ZooModel.Choice.class));

  private UNet() {}

  private static Value build(Value image, ModelOptions options) {
    Deque<Value> skips = new ArrayDeque<>();
    Value x = convolutions(image, "inc", maps(0, options));
    for (int level = 1; level <= LEVELS; level++) {
      skips.push(x);
      String name = "down" + level;
      x = convolutions(x.then(name + ".pool", maxPool(2)), name, maps(level, options));
    }
    for (int step = 1; step <= LEVELS; step++) {
      int maps = maps(LEVELS - step, options);
      String name = "up" + step;
      Value larger = x.then(name + ".up", Layer.convTranspose(maps, 2).stride(2));
      Value skip = skips.pop();
      x = convolutions(skip.concat(padded(larger, name, skip.shape())), name, maps);
    }
    return x.then("outc.conv", Layer.conv(options.classes(), 1));
  }

  private static int maps(int level, ModelOptions options) {
    return (int) Math.max(1, Math.round((MAPS << level) * options.width()));
  }

  /** Pads a map with zeros at the bottom and at the right to the size of the skip connection. */
  private static Value padded(Value x, String name, Shape skip) {
    int rows = skip.size(1) - x.shape().size(1);
    int columns = skip.size(2) - x.shape().size(2);
    return rows + columns == 0 ? x : x.then(name + ".pad", Layer.pad(0, 0, rows, columns));
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
