package dev.trifocal.zoo;

import static dev.trifocal.layer.Layer.conv;
import static dev.trifocal.layer.Layer.dense;
import static dev.trifocal.layer.Layer.dropout;
import static dev.trifocal.layer.Layer.flatten;
import static dev.trifocal.layer.Layer.globalAvgPool;
import static dev.trifocal.layer.Layer.maxPool;
import static dev.trifocal.layer.Layer.relu;
import static dev.trifocal.layer.Layer.sigmoid;

import dev.trifocal.graph.Value;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.layer.Conv2d;
import dev.trifocal.shape.Shape;
import dev.trifocal.weights.Initializer;
import java.util.List;

/**
 * Squeeze-and-excitation networks: residual units reweight their channels. Each channel is
 * averaged, two 1x1 convolutions with a sixteenth of the channels in between compute a gate, and
 * the gate multiplies the channels before the shortcut is added.
 *
 * <p>As in the authors' Caffe release and timm's {@code legacy_} models, the stride is in the first
 * 1x1 convolution of a unit in SE-ResNet-50 and in the 3x3 convolution in SENet-154, and the first
 * pool rounds up instead of padding.
 */
final class SeNet {
  static final Paper PAPER =
      new Paper(
          "Squeeze-and-Excitation Networks (Hu et al.)", "https://arxiv.org/abs/1709.01507", 2017);

  private static final int REDUCTION = 16;

  static final ZooModel SE_RESNET50 =
      model("se-resnet50", SeNet::seResNet50, "legacy_seresnet50")
          .published(published("legacy_seresnet50", 28_088_024, "3.860E9", "77.65"));

  static final ZooModel SENET154 =
      model("senet154", SeNet::seNet154, "legacy_senet154")
          .published(published("legacy_senet154", 115_088_984, "20.688E9", "81.32"));

  static final List<ZooModel> MODELS = List.of(SE_RESNET50, SENET154);

  /** Builds a unit up to its last norm. */
  private interface SeResidualUnit {
    Value build(Value x, int maps, int stride);
  }

  /**
   * The units of a network.
   *
   * @param unit builds the units
   * @param depths the number of units in each stage
   * @param downsample the kernel size of the shortcuts that halve the image
   */
  private record Body(SeResidualUnit unit, List<Integer> depths, int downsample) {}

  private SeNet() {}

  private static ZooModel model(String name, Network network, String timm) {
    return ZooModel.of(name, PAPER, Shape.of(3, 224, 224), 1000, network)
        .preprocessing(Preprocessing.TORCHVISION)
        .ends("flatten", "last_linear")
        .weights(PublishedWeights.timm(timm));
  }

  private static PublishedResults published(
      String timm, long parameters, String work, String top1) {
    return PublishedResults.NOTHING
        .parameters(parameters, "timm " + timm)
        .multiplyAdds(work, "timm %s, convolutions and dense layers counted".formatted(timm))
        .top1(top1, "timm " + timm);
  }

  private static NetworkOutputs seResNet50(Value image, ModelOptions options) {
    Conv2d first = ConvBatchNorm.conv(64, 7).stride(2).padding(3);
    Value stem = image.block("layer0", x -> stemPart(x, 1, first));
    Value body = body(stem, new Body(SeNet::bottleneck, List.of(3, 4, 6, 3), 1));
    return NetworkOutputs.of(body.then("last_linear", dense(options.classes())));
  }

  private static NetworkOutputs seNet154(Value image, ModelOptions options) {
    Conv2d three = ConvBatchNorm.conv(64, 3).padding(1);
    Conv2d last = ConvBatchNorm.conv(128, 3).padding(1);
    Value stem =
        image.block(
            "layer0", x -> stemPart(stemPart(stemPart(x, 1, three.stride(2)), 2, three), 3, last));
    Value body = body(stem, new Body(SeNet::grouped, List.of(3, 8, 36, 3), 3));
    return NetworkOutputs.of(
        body.then("dropout", dropout(0.2)).then("last_linear", dense(options.classes())));
  }

  private static Value stemPart(Value x, int number, Conv2d conv) {
    return ConvBatchNorm.convNorm(x, "conv" + number, conv, "bn" + number)
        .then("relu" + number, relu());
  }

  private static Value body(Value stem, Body body) {
    Value x = stem.then("pool0", maxPool(3).stride(2).ceilMode());
    for (int stage = 0; stage < body.depths.size(); stage++) {
      for (int index = 0; index < body.depths.get(stage); index++) {
        int maps = 64 << stage;
        int stride = stage > 0 && index == 0 ? 2 : 1;
        x = x.block("layer%s.%s".formatted(stage + 1, index), v -> residual(v, body, maps, stride));
      }
    }
    return x.then("avgpool", globalAvgPool()).then("flatten", flatten());
  }

  private static Value residual(Value x, Body body, int maps, int stride) {
    Value y = body.unit.build(x, maps, stride);
    Value gated = y.times(y.block("se_module", v -> gate(v, 4 * maps)));
    return gated.plus(shortcut(x, body, 4 * maps, stride)).then("relu", relu());
  }

  private static Value gate(Value x, int maps) {
    return x.then("squeeze", globalAvgPool())
        .then("fc1", excitation(maps / REDUCTION))
        .then("relu", relu())
        .then("fc2", excitation(maps))
        .then("sigmoid", sigmoid());
  }

  private static Conv2d excitation(int maps) {
    return conv(maps, 1)
        .initializers(new Initializer.KaimingNormalFanOut(), new Initializer.FanInUniform());
  }

  private static Value bottleneck(Value x, int maps, int stride) {
    Value y = stemPart(x, 1, ConvBatchNorm.conv(maps, 1).stride(stride));
    y = stemPart(y, 2, ConvBatchNorm.conv(maps, 3).padding(1));
    return ConvBatchNorm.convNorm(y, "conv3", ConvBatchNorm.conv(4 * maps, 1), "bn3");
  }

  private static Value grouped(Value x, int maps, int stride) {
    Value y = stemPart(x, 1, ConvBatchNorm.conv(2 * maps, 1));
    y = stemPart(y, 2, ConvBatchNorm.conv(4 * maps, 3).stride(stride).padding(1).groups(64));
    return ConvBatchNorm.convNorm(y, "conv3", ConvBatchNorm.conv(4 * maps, 1), "bn3");
  }

  private static Value shortcut(Value x, Body body, int maps, int stride) {
    if (stride == 1 && x.shape().size(0) == maps) {
      return x;
    }
    int kernel = stride == 1 ? 1 : body.downsample;
    Conv2d conv = ConvBatchNorm.conv(maps, kernel).stride(stride).padding(kernel / 2);
    return ConvBatchNorm.convNorm(x, "downsample.0", conv, "downsample.1");
  }
}
