package dev.trifocal.zoo;

import static dev.trifocal.layer.Layer.batchNorm;
import static dev.trifocal.layer.Layer.dropout;
import static dev.trifocal.layer.Layer.flatten;
import static dev.trifocal.layer.Layer.maxPool;
import static dev.trifocal.layer.Layer.relu;

import dev.trifocal.graph.Sequential;
import dev.trifocal.graph.Value;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.layer.Layer;
import dev.trifocal.shape.Shape;
import dev.trifocal.weights.Initializer;
import java.util.ArrayList;
import java.util.List;

/**
 * VGG: 3x3 convolutions in five stages of 64, 128, 256, 512 and 512 channels, each followed by a
 * pool, and three dense layers. The number in the name counts the layers with weights; {@code -bn}
 * has batch norm after each convolution, unlike the paper. Names are torchvision's: {@code
 * features.0} and so on, {@code classifier.0, classifier.3, classifier.6}.
 *
 * <p>Convolutions use He initialization by fan-in (torchvision: by fan-out), dense layers a normal
 * distribution with standard deviation 0.01; biases are zero. The adaptive pool to 7x7 is the
 * identity at 224x224.
 */
final class Vgg {
  /** Whether each convolution is followed by batch norm. */
  enum Norm {
    NONE,
    BATCH
  }

  private static final Initializer ZERO = new Initializer.Constant(0);

  private static final Paper PAPER =
      new Paper(
          "Very Deep Convolutional Networks for Large-Scale Image Recognition (Simonyan and"
              + " Zisserman)",
          "https://arxiv.org/abs/1409.1556",
          2014);

  static final List<ZooModel> MODELS =
      List.of(
          model("vgg11", List.of(1, 1, 2, 2, 2), Norm.NONE)
              .published(PublishedResults.torchvision(132_863_336, "7.609E9", "69.020")),
          model("vgg11-bn", List.of(1, 1, 2, 2, 2), Norm.BATCH)
              .published(PublishedResults.torchvision(132_868_840, "7.609E9", "70.370")),
          model("vgg13", List.of(2, 2, 2, 2, 2), Norm.NONE)
              .published(PublishedResults.torchvision(133_047_848, "11.308E9", "69.928")),
          model("vgg13-bn", List.of(2, 2, 2, 2, 2), Norm.BATCH)
              .published(PublishedResults.torchvision(133_053_736, "11.308E9", "71.586")),
          model("vgg16", List.of(2, 2, 3, 3, 3), Norm.NONE)
              .published(PublishedResults.torchvision(138_357_544, "15.470E9", "71.592")),
          model("vgg16-bn", List.of(2, 2, 3, 3, 3), Norm.BATCH)
              .published(PublishedResults.torchvision(138_365_992, "15.470E9", "73.360")),
          model("vgg19", List.of(2, 2, 4, 4, 4), Norm.NONE)
              .published(PublishedResults.torchvision(143_667_240, "19.632E9", "72.376")),
          model("vgg19-bn", List.of(2, 2, 4, 4, 4), Norm.BATCH)
              .published(PublishedResults.torchvision(143_678_248, "19.632E9", "74.218")));

  private Vgg() {}

  private static ZooModel model(String name, List<Integer> depths, Norm norm) {
    return ZooModel.of(
            name,
            PAPER,
            Shape.of(3, 224, 224),
            1000,
            Network.of((image, options) -> build(image, depths, norm, options)))
        .preprocessing(Preprocessing.TORCHVISION)
        .ends("flatten", "classifier.6")
        .weights(PublishedWeights.torchvision(name.replace('-', '_')))
        .hubWeights(Timm.vgg(name.replace('-', '_')));
  }

  private static Value build(Value image, List<Integer> depths, Norm norm, ModelOptions options) {
    return image
        .block("features", Sequential.of(features(depths, norm)))
        .block("avgpool", maps -> AdaptiveAvgPool.build(maps, 7))
        .then("flatten", flatten())
        .block("classifier", Sequential.of(classifier(options.classes())));
  }

  /**
   * Returns the convolutions and pools, for {@link Sequential}.
   *
   * @param depths the number of convolutions in each stage
   */
  static List<Layer> features(List<Integer> depths, Norm norm) {
    List<Layer> layers = new ArrayList<>();
    for (int stage = 0; stage < depths.size(); stage++) {
      int maps = Math.min(64 << stage, 512);
      for (int i = 0; i < depths.get(stage); i++) {
        layers.add(
            Layer.conv(maps, 3).padding(1).initializers(new Initializer.KaimingNormal(), ZERO));
        if (norm == Norm.BATCH) {
          layers.add(batchNorm());
        }
        layers.add(relu());
      }
      layers.add(maxPool(2));
    }
    return layers;
  }

  private static List<Layer> classifier(int classes) {
    return List.of(
        dense(4096), relu(), dropout(0.5), dense(4096), relu(), dropout(0.5), dense(classes));
  }

  private static Layer dense(int units) {
    return Layer.dense(units).initializers(new Initializer.Normal(0, 0.01), ZERO);
  }
}
