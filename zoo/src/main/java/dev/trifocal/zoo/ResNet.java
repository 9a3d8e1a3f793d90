package dev.trifocal.zoo;

import static dev.trifocal.layer.Layer.dense;
import static dev.trifocal.layer.Layer.flatten;
import static dev.trifocal.layer.Layer.globalAvgPool;
import static dev.trifocal.layer.Layer.maxPool;
import static dev.trifocal.layer.Layer.relu;

import dev.trifocal.graph.Value;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.shape.Shape;
import java.util.List;
import java.util.stream.Stream;

/**
 * Residual networks. Bottlenecks that halve the image have the stride in the 3x3 convolution, as in
 * torchvision ("v1.5"), and not in the first 1x1 convolution, as in the paper. This does not affect
 * the parameters, but the multiply-adds (4.1 instead of 3.9 billion for ResNet-50) and the
 * accuracy. Shortcuts that change the shape are projections (option B in the paper).
 *
 * <p>Initial weights are torchvision's: He initialization by fan-out, and uniform for the dense
 * layer.
 */
final class ResNet {
  static final Paper PAPER =
      new Paper(
          "Deep Residual Learning for Image Recognition (He et al.)",
          "https://arxiv.org/abs/1512.03385",
          2015);

  /** Builds a residual unit. */
  private interface ResidualUnit {
    /**
     * Builds a unit.
     *
     * @param maps the channels of the unit's 3x3 convolutions
     */
    Value build(Value x, int maps, int stride);
  }

  private record Variant(
      int layers,
      ResidualUnit unit,
      List<Integer> depths,
      long parameters,
      String multiplyAdds,
      String top1) {}

  static final List<ZooModel> MODELS =
      Stream.of(
              variant(18, ResNet::basic, List.of(2, 2, 2, 2), 11_689_512, "1.814E9", "69.758"),
              variant(34, ResNet::basic, List.of(3, 4, 6, 3), 21_797_672, "3.664E9", "73.314"),
              variant(50, ResNet::bottleneck, List.of(3, 4, 6, 3), 25_557_032, "4.089E9", "76.130"),
              variant(
                  101, ResNet::bottleneck, List.of(3, 4, 23, 3), 44_549_160, "7.801E9", "77.374"),
              variant(
                  152, ResNet::bottleneck, List.of(3, 8, 36, 3), 60_192_808, "11.514E9", "78.312"))
          .map(ResNet::model)
          .toList();

  private ResNet() {}

  private static Variant variant(
      int layers,
      ResidualUnit unit,
      List<Integer> depths,
      long parameters,
      String work,
      String top1) {
    return new Variant(layers, unit, depths, parameters, work, top1);
  }

  private static ZooModel model(Variant variant) {
    String source = "torchvision resnet%s, IMAGENET1K_V1".formatted(variant.layers);
    return ZooModel.of(
            "resnet" + variant.layers,
            PAPER,
            Shape.of(3, 224, 224),
            1000,
            Network.of((image, options) -> build(image, variant, options.classes())))
        .published(
            PublishedResults.NOTHING
                .parameters(variant.parameters, source)
                .multiplyAdds(variant.multiplyAdds, source)
                .top1(variant.top1, source))
        .preprocessing(Preprocessing.TORCHVISION)
        .ends("flatten", "fc")
        .weights(PublishedWeights.torchvision("resnet" + variant.layers))
        .hubWeights(Timm.resNet("resnet" + variant.layers));
  }

  private static Value build(Value image, Variant variant, int classes) {
    Value x =
        ConvBatchNorm.convNorm(
                image, "conv1", ConvBatchNorm.conv(64, 7).stride(2).padding(3), "bn1")
            .then("relu", relu())
            .then("maxpool", maxPool(3).stride(2).padding(1));
    for (int stage = 0; stage < variant.depths.size(); stage++) {
      for (int index = 0; index < variant.depths.get(stage); index++) {
        int maps = 64 << stage;
        int stride = stage > 0 && index == 0 ? 2 : 1;
        x =
            x.block(
                "layer%s.%s".formatted(stage + 1, index), v -> variant.unit.build(v, maps, stride));
      }
    }
    return x.then("avgpool", globalAvgPool()).then("flatten", flatten()).then("fc", dense(classes));
  }

  private static Value basic(Value x, int maps, int stride) {
    Value y =
        ConvBatchNorm.convNorm(
                x, "conv1", ConvBatchNorm.conv(maps, 3).stride(stride).padding(1), "bn1")
            .then("relu1", relu());
    y = ConvBatchNorm.convNorm(y, "conv2", ConvBatchNorm.conv(maps, 3).padding(1), "bn2");
    return y.plus(shortcut(x, maps, stride)).then("relu", relu());
  }

  private static Value bottleneck(Value x, int maps, int stride) {
    Value y =
        ConvBatchNorm.convNorm(x, "conv1", ConvBatchNorm.conv(maps, 1), "bn1")
            .then("relu1", relu());
    y =
        ConvBatchNorm.convNorm(
                y, "conv2", ConvBatchNorm.conv(maps, 3).stride(stride).padding(1), "bn2")
            .then("relu2", relu());
    y = ConvBatchNorm.convNorm(y, "conv3", ConvBatchNorm.conv(4 * maps, 1), "bn3");
    return y.plus(shortcut(x, 4 * maps, stride)).then("relu", relu());
  }

  private static Value shortcut(Value x, int maps, int stride) {
    return stride == 1 && x.shape().size(0) == maps
        ? x
        : ConvBatchNorm.convNorm(
            x, "downsample.0", ConvBatchNorm.conv(maps, 1).stride(stride), "downsample.1");
  }
}
