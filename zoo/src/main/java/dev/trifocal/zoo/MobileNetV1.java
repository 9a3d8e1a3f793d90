package dev.trifocal.zoo;

import static dev.trifocal.layer.Layer.dense;
import static dev.trifocal.layer.Layer.flatten;
import static dev.trifocal.layer.Layer.globalAvgPool;
import static dev.trifocal.layer.Layer.relu6;

import dev.trifocal.graph.Value;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.layer.BatchNorm;
import dev.trifocal.layer.Conv2d;
import dev.trifocal.shape.Shape;
import dev.trifocal.zoo.ZooModel.Choice;
import java.util.EnumSet;
import java.util.List;

/**
 * MobileNetV1: depthwise separable convolutions, each half with its own norm and activation. As in
 * the authors' TensorFlow release and in Keras, ReLU is clipped at 6, "same" padding puts the extra
 * row and column at the bottom and right, norms use epsilon 1e-3, and the last stride in table 1 of
 * the paper is 1, since the image keeps its size there.
 *
 * <p>{@code width} multiplies all channel counts, rounded down, but to at least 8. Names follow
 * torchvision's MobileNetV2; the published weights use Keras's names.
 */
final class MobileNetV1 {
  private static final BatchNorm NORM = new BatchNorm(1e-3, 0.01);

  static final ZooModel MODEL =
      ZooModel.of(
              "mobilenet-v1",
              new Paper(
                  "MobileNets: Efficient Convolutional Neural Networks for Mobile Vision"
                      + " Applications (Howard et al.)",
                  "https://arxiv.org/abs/1704.04861",
                  2017),
              Shape.of(3, 224, 224),
              1000,
              Network.of(MobileNetV1::build))
          .choices(EnumSet.allOf(Choice.class))
          .published(
              PublishedResults.NOTHING
                  .parameters(4_231_976, "Keras MobileNet, without its running statistics")
                  .multiplyAdds("569E6", "the paper, table 4")
                  .top1("70.6", "the paper, table 4"))
          .preprocessing(Preprocessing.SYMMETRIC)
          .ends("flatten", "classifier");

  /** A depthwise separable convolution. */
  private record Step(int maps, int stride) {}

  private static final List<Step> STEPS =
      List.of(
          new Step(64, 1),
          new Step(128, 2),
          new Step(128, 1),
          new Step(256, 2),
          new Step(256, 1),
          new Step(512, 2),
          new Step(512, 1),
          new Step(512, 1),
          new Step(512, 1),
          new Step(512, 1),
          new Step(512, 1),
          new Step(1024, 2),
          new Step(1024, 1));

  private MobileNetV1() {}

  private static Value build(Value image, ModelOptions options) {
    int first = maps(32, options);
    Value x = image.block("features.0", v -> unit(v, "", ConvBatchNorm.conv(first, 3).stride(2)));
    for (int i = 0; i < STEPS.size(); i++) {
      Step step = STEPS.get(i);
      int maps = maps(step.maps, options);
      x = x.block("features." + (i + 1), v -> separable(v, maps, step.stride));
    }
    return x.then("avgpool", globalAvgPool())
        .then("flatten", flatten())
        .then("classifier", dense(options.classes()));
  }

  private static Value separable(Value x, int maps, int stride) {
    int channels = x.shape().size(0);
    Value y = unit(x, "conv.0.", ConvBatchNorm.depthwise(channels).stride(stride));
    return unit(y, "conv.1.", ConvBatchNorm.conv(maps, 1));
  }

  private static Value unit(Value x, String prefix, Conv2d conv) {
    return x.then(prefix + "0", conv.same()).then(prefix + "1", NORM).then(prefix + "2", relu6());
  }

  private static int maps(int published, ModelOptions options) {
    return Math.max(8, (int) (published * options.width()));
  }
}
