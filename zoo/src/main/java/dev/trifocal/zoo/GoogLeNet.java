package dev.trifocal.zoo;

import static dev.trifocal.layer.Layer.conv;
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
 * GoogLeNet (Inception v1): nine modules of four parallel branches and, in training, two auxiliary
 * classifiers, {@code aux1} and {@code aux2}, whose losses have weight 0.3 each.
 *
 * <p>{@code googlenet} is the paper's: biases, no batch norm, a 5x5 convolution in the third
 * branch, local response normalisation in the stem. {@code googlenet-bn} is torchvision's: batch
 * norm, and 3x3 instead of 5x5, kept for compatibility with its trained weights. Both use
 * torchvision's names, such as {@code inception3a.branch2.1.conv}. {@link GoogLeNetVariant} holds
 * the differences.
 *
 * <p>The paper does not specify the windows at odd borders; as in Caffe and torchvision, pools
 * round up and keep the partial window.
 */
final class GoogLeNet {
  private static final double AUXILIARY_WEIGHT = 0.3;

  private static final Paper PAPER =
      new Paper(
          "Going Deeper with Convolutions (Szegedy et al.)",
          "https://arxiv.org/abs/1409.4842",
          2014);

  static final List<ZooModel> MODELS =
      List.of(
          model("googlenet", new GoogLeNetVariant.Original())
              .published(
                  PublishedResults.NOTHING
                      .parameters(6_998_552, "bvlc_googlenet of Caffe, without its auxiliaries")
                      .multiplyAdds(
                          "1.6E9",
                          "the paper, table 1: 1,502M, where the first convolution counts 34M"
                              + " instead of 118M")
                      .top1("68.7", "bvlc_googlenet of Caffe; the paper has top-5 only"))
              .preprocessing(Preprocessing.CAFFE),
          model("googlenet-bn", new GoogLeNetVariant.Torchvision())
              .published(PublishedResults.torchvision(6_624_904, "1.498E9", "69.778"))
              .preprocessing(Preprocessing.TORCHVISION)
              .weights(PublishedWeights.torchvision("googlenet")));

  private static final List<Inception> THIRD =
      List.of(
          new Inception("inception3a", 64, 96, 128, 16, 32, 32),
          new Inception("inception3b", 128, 128, 192, 32, 96, 64));

  private static final Inception FOUR_A = new Inception("inception4a", 192, 96, 208, 16, 48, 64);

  private static final List<Inception> FOUR_B_TO_D =
      List.of(
          new Inception("inception4b", 160, 112, 224, 24, 64, 64),
          new Inception("inception4c", 128, 128, 256, 24, 64, 64),
          new Inception("inception4d", 112, 144, 288, 32, 64, 64));

  private static final Inception FOUR_E = new Inception("inception4e", 256, 160, 320, 32, 128, 128);

  private static final List<Inception> FIFTH =
      List.of(
          new Inception("inception5a", 256, 160, 320, 32, 128, 128),
          new Inception("inception5b", 384, 192, 384, 48, 128, 128));

  private final GoogLeNetVariant style;

  private GoogLeNet(GoogLeNetVariant style) {
    this.style = style;
  }

  private static ZooModel model(String name, GoogLeNetVariant style) {
    return ZooModel.of(name, PAPER, Shape.of(3, 224, 224), 1000, new GoogLeNet(style)::build)
        .ends("flatten", "fc");
  }

  private NetworkOutputs build(Value image, ModelOptions options) {
    Value three = inceptions(stem(image), THIRD).then("maxpool3", pool(3));
    Value early = inception(three, FOUR_A);
    Value late = inceptions(early, FOUR_B_TO_D);
    Value four = inception(late, FOUR_E).then("maxpool4", pool(style.lastPool()));
    Value output =
        inceptions(four, FIFTH)
            .then("avgpool", globalAvgPool())
            .then("flatten", flatten())
            .then("dropout", dropout(style.dropout()))
            .then("fc", style.dense(options.classes()));
    return NetworkOutputs.of(output)
        .auxiliary("aux1", early.block("aux1", maps -> auxiliary(maps, options)), AUXILIARY_WEIGHT)
        .auxiliary("aux2", late.block("aux2", maps -> auxiliary(maps, options)), AUXILIARY_WEIGHT);
  }

  private Value stem(Value image) {
    Value one = style.unit(image, "conv1", conv(64, 7).stride(2).padding(3));
    Value pooled = style.stemNorm(one.then("maxpool1", pool(3)), "norm1");
    Value two = style.unit(pooled, "conv2", conv(64, 1));
    Value three = style.unit(two, "conv3", conv(192, 3).padding(1));
    return style.stemNorm(three, "norm2").then("maxpool2", pool(3));
  }

  private Value inceptions(Value input, List<Inception> modules) {
    Value value = input;
    for (Inception module : modules) {
      value = inception(value, module);
    }
    return value;
  }

  private Value inception(Value input, Inception module) {
    return input.block(module.name(), value -> module.build(value, style));
  }

  private Value auxiliary(Value maps, ModelOptions options) {
    Value pooled = maps.block("pool", style::auxiliaryPool);
    return style
        .unit(pooled, "conv", conv(128, 1))
        .then("flatten", flatten())
        .then("fc1", style.dense(1024))
        .then("relu", relu())
        .then("dropout", dropout(0.7))
        .then("fc2", style.dense(options.classes()));
  }

  private static Layer pool(int size) {
    return maxPool(size).stride(2).ceilMode();
  }
}
