package dev.trifocal.zoo;

import static dev.trifocal.layer.Layer.dense;
import static dev.trifocal.layer.Layer.dropout;
import static dev.trifocal.layer.Layer.flatten;
import static dev.trifocal.layer.Layer.globalAvgPool;
import static dev.trifocal.layer.Layer.maxPool;
import static dev.trifocal.layer.Layer.relu;

import dev.trifocal.graph.Value;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.layer.Layer;
import dev.trifocal.shape.Shape;
import java.util.List;

/**
 * Xception: separable convolutions with residual connections. A separable convolution is a
 * depthwise 3x3 convolution followed directly by a 1x1 convolution; each is followed by batch norm
 * and, except for the first, preceded by a ReLU.
 *
 * <p>The network has 22,855,952 parameters, with one norm per separable convolution as in Keras and
 * in timm's {@code legacy_xception}, whose names it uses. Two more details are timm's: pools pad
 * one pixel on all sides (Keras pads images of even size only at the bottom and right), and norms
 * use PyTorch's epsilon of 1e-5 (Keras: 1e-3). The dropout before the dense layer is the paper's
 * (section 4.3).
 */
final class Xception {
  private static final String TIMM = "timm legacy_xception";

  static final ZooModel MODEL =
      ZooModel.of(
              "xception",
              new Paper(
                  "Xception: Deep Learning with Depthwise Separable Convolutions (Chollet)",
                  "https://arxiv.org/abs/1610.02357",
                  2016),
              Shape.of(3, 299, 299),
              1000,
              Network.of(Xception::build))
          .published(
              PublishedResults.NOTHING
                  .parameters(22_855_952, TIMM + ", Keras without its running statistics")
                  .multiplyAdds("8.357E9", TIMM + ", convolutions and dense layers counted")
                  .top1("79.06", TIMM + ".tf_in1k"))
          .preprocessing(Preprocessing.SYMMETRIC.shorterSide(333))
          .ends("flatten", "fc")
          .weights(PublishedWeights.timm("legacy_xception"));

  private static final int MIDDLE = 8;

  /** Whether a block's first separable convolution is preceded by a ReLU, as all others are. */
  private enum Start {
    RELU,
    BARE
  }

  private Xception() {}

  private static Value build(Value image, ModelOptions options) {
    Value x =
        ConvBatchNorm.convNorm(image, "conv1", ConvBatchNorm.conv(32, 3).stride(2), "bn1")
            .then("act1", relu());
    x = ConvBatchNorm.convNorm(x, "conv2", ConvBatchNorm.conv(64, 3), "bn2").then("act2", relu());
    x = x.block("block1", v -> shrinking(v, Start.BARE, 128, 128));
    x = x.block("block2", v -> shrinking(v, Start.RELU, 256, 256));
    x = x.block("block3", v -> shrinking(v, Start.RELU, 728, 728));
    for (int i = 0; i < MIDDLE; i++) {
      x =
          x.block(
              "block" + (4 + i), v -> separables(v, Start.RELU, List.of(728, 728, 728)).plus(v));
    }
    x = x.block("block12", v -> shrinking(v, Start.RELU, 728, 1024));
    x = x.block("conv3", v -> separable(v, 1536)).then("bn3", Layer.batchNorm());
    x = x.then("act3", relu()).block("conv4", v -> separable(v, 2048));
    return x.then("bn4", Layer.batchNorm())
        .then("act4", relu())
        .then("avgpool", globalAvgPool())
        .then("flatten", flatten())
        .then("dropout", dropout(0.5))
        .then("fc", dense(options.classes()));
  }

  /**
   * Adds two separable convolutions and a pool in parallel to a 1x1 convolution of equal stride.
   */
  private static Value shrinking(Value x, Start start, int first, int second) {
    Value y =
        separables(x, start, List.of(first, second)).then("pool", maxPool(3).stride(2).padding(1));
    Value skip =
        ConvBatchNorm.convNorm(x, "skip", ConvBatchNorm.conv(second, 1).stride(2), "skipbn");
    return y.plus(skip);
  }

  /**
   * Adds separable convolutions; as in timm, each ReLU, convolution and norm has its own number.
   */
  private static Value separables(Value x, Start start, List<Integer> maps) {
    int number = 0;
    Value y = x;
    for (int count : maps) {
      if (start == Start.RELU || number > 0) {
        y = y.then("rep." + number++, relu());
      }
      y = y.block("rep." + number++, v -> separable(v, count));
      y = y.then("rep." + number++, Layer.batchNorm());
    }
    return y;
  }

  private static Value separable(Value x, int maps) {
    return x.then("conv1", ConvBatchNorm.depthwise(x.shape().size(0)))
        .then("pointwise", ConvBatchNorm.conv(maps, 1));
  }
}
