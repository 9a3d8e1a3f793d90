package dev.trifocal.zoo;

import dev.trifocal.graph.Value;
import dev.trifocal.layer.Conv2d;
import dev.trifocal.layer.Layer;
import dev.trifocal.weights.Initializer;

/**
 * Convolutions followed by batch norm, as in torchvision and timm: without bias, which the norm
 * would cancel, and with He initialization by fan-out.
 */
final class ConvBatchNorm {
  private ConvBatchNorm() {}

  static Conv2d conv(int maps, int kernel) {
    return Layer.conv(maps, kernel)
        .withoutBias()
        .initializers(new Initializer.KaimingNormalFanOut(), new Initializer.Constant(0));
  }

  /** Returns a depthwise 3x3 convolution that preserves the image size at stride 1. */
  static Conv2d depthwise(int channels) {
    return conv(channels, 3).padding(1).groups(channels);
  }

  /** Adds a convolution and its norm, with their names within the enclosing block. */
  static Value convNorm(Value x, String convName, Conv2d conv, String normName) {
    return x.then(convName, conv).then(normName, Layer.batchNorm());
  }
}
