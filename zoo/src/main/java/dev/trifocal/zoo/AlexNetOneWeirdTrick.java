package dev.trifocal.zoo;

import static dev.trifocal.layer.Layer.conv;
import static dev.trifocal.layer.Layer.dense;
import static dev.trifocal.layer.Layer.dropout;
import static dev.trifocal.layer.Layer.flatten;
import static dev.trifocal.layer.Layer.maxPool;
import static dev.trifocal.layer.Layer.relu;

import dev.trifocal.graph.Sequential;
import dev.trifocal.graph.Value;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.layer.Layer;
import dev.trifocal.shape.Shape;
import java.util.List;

/**
 * AlexNet for a single GPU, torchvision's {@code alexnet}: fewer channels, no groups and no local
 * response normalisation. Names and initial weights are torchvision's. The adaptive pool to 6x6 is
 * the identity at 224x224.
 */
final class AlexNetOneWeirdTrick {
  private static final Paper PAPER =
      new Paper(
          "One weird trick for parallelizing convolutional neural networks (Krizhevsky)",
          "https://arxiv.org/abs/1404.5997",
          2014);

  static final ZooModel MODEL =
      ZooModel.of(
              "alexnet-torchvision",
              PAPER,
              Shape.of(3, 224, 224),
              1000,
              Network.of(AlexNetOneWeirdTrick::build))
          .published(PublishedResults.torchvision(61_100_840, "0.714E9", "56.522"))
          .preprocessing(Preprocessing.TORCHVISION)
          .ends("flatten", "classifier.6")
          .weights(PublishedWeights.torchvision("alexnet"));

  private AlexNetOneWeirdTrick() {}

  private static Value build(Value image, ModelOptions options) {
    return image
        .block("features", Sequential.of(features()))
        .block("avgpool", maps -> AdaptiveAvgPool.build(maps, 6))
        .then("flatten", flatten())
        .block("classifier", Sequential.of(classifier(options.classes())));
  }

  private static List<Layer> features() {
    return List.of(
        conv(64, 11).stride(4).padding(2),
        relu(),
        maxPool(3).stride(2),
        conv(192, 5).padding(2),
        relu(),
        maxPool(3).stride(2),
        conv(384, 3).padding(1),
        relu(),
        conv(256, 3).padding(1),
        relu(),
        conv(256, 3).padding(1),
        relu(),
        maxPool(3).stride(2));
  }

  private static List<Layer> classifier(int classes) {
    return List.of(
        dropout(0.5), dense(4096), relu(), dropout(0.5), dense(4096), relu(), dense(classes));
  }
}
