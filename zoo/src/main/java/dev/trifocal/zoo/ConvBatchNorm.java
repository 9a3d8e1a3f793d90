package dev.trifocal.zoo;

import dev.trifocal.graph.Value;
import dev.trifocal.layer.Conv2d;
import dev.trifocal.layer.Layer;
import dev.trifocal.weights.Initializer;

/**
 * Convolutions that a batch norm follows, as torchvision and timm build them: without a bias, which
 * the norm would take away again, and with He et al.'s first weights by fan-out.
 */
final class ConvBatchNorm {
  private ConvBatchNorm() {}

  static Conv2d conv(int maps, int kernel) {
    return Layer.conv(maps, kernel)
        .withoutBias()
        .initializers(new Initializer.KaimingNormalFanOut(), new Initializer.Constant(0));
  }

  /** One 3x3 filter for each of {@code channels}, which keeps the image's size at stride 1. */
  static Conv2d depthwise(int channels) {
    return conv(channels, 3).padding(1).groups(channels);
  }

  /** A convolution and its norm, under their names within the enclosing block. */
  static Value convNorm(Value x, String convName, Conv2d conv, String normName) {
    return x.then(convName, conv).then(normName, Layer.batchNorm());
  }
}
