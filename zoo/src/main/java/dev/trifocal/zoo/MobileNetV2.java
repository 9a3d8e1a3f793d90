package dev.trifocal.zoo;

import static dev.trifocal.layer.Layer.dense;
import static dev.trifocal.layer.Layer.dropout;
import static dev.trifocal.layer.Layer.flatten;
import static dev.trifocal.layer.Layer.globalAvgPool;
import static dev.trifocal.layer.Layer.relu6;

import dev.trifocal.graph.Value;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.layer.Conv2d;
import dev.trifocal.layer.Layer;
import dev.trifocal.shape.Shape;
import dev.trifocal.weights.Initializer;
import dev.trifocal.zoo.ZooModel.Choice;
import java.util.EnumSet;
import java.util.List;

/**
 * MobileNetV2, with inverted residuals: a 1x1 convolution expands the channels sixfold, a depthwise
 * 3x3 convolution filters them, and a 1x1 convolution without activation projects them back. A
 * shortcut connects the narrow ends of units with stride 1 and unchanged channels.
 *
 * <p>{@code width} multiplies all channel counts, rounded to the nearest multiple of eight but
 * never down by more than 10 %; the last convolution keeps 1280 channels below width 1. Names and
 * initial weights are torchvision's.
 */
final class MobileNetV2 {
  private static final String SOURCE = "torchvision mobilenet_v2, IMAGENET1K_V1";

  static final ZooModel MODEL =
      ZooModel.of(
              "mobilenet-v2",
              new Paper(
                  "MobileNetV2: Inverted Residuals and Linear Bottlenecks (Sandler et al.)",
                  "https://arxiv.org/abs/1801.04381",
                  2018),
              Shape.of(3, 224, 224),
              1000,
              Network.of(MobileNetV2::build))
          .choices(EnumSet.allOf(Choice.class))
          .published(
              PublishedResults.NOTHING
                  .parameters(3_504_872, SOURCE)
                  .multiplyAdds("0.3008E9", SOURCE)
                  .top1("71.878", SOURCE))
          .preprocessing(Preprocessing.TORCHVISION)
          .ends("flatten", "classifier.1")
          .weights(PublishedWeights.torchvision("mobilenet_v2"))
          .hubWeights(Timm.mobileNetV2());

  /** A row of table 2 of the paper: t, c, n, s. */
  private record Row(int expansion, int maps, int repeats, int stride) {}

  private static final List<Row> ROWS =
      List.of(
          new Row(1, 16, 1, 1),
          new Row(6, 24, 2, 2),
          new Row(6, 32, 3, 2),
          new Row(6, 64, 4, 2),
          new Row(6, 96, 3, 1),
          new Row(6, 160, 3, 2),
          new Row(6, 320, 1, 1));

  private MobileNetV2() {}

  private static Value build(Value image, ModelOptions options) {
    double width = options.width();
    Conv2d first = ConvBatchNorm.conv(rounded(32 * width), 3).stride(2).padding(1);
    Value x = unit(image, "features.0", first);
    int number = 1;
    for (Row row : ROWS) {
      int maps = rounded(row.maps * width);
      for (int i = 0; i < row.repeats; i++) {
        int stride = i == 0 ? row.stride : 1;
        x = x.block("features." + number++, v -> residual(v, row.expansion, maps, stride));
      }
    }
    Conv2d last = ConvBatchNorm.conv(rounded(1280 * Math.max(1, width)), 1);
    return unit(x, "features." + number, last)
        .then("avgpool", globalAvgPool())
        .then("flatten", flatten())
        .then("classifier.0", dropout(0.2))
        .then("classifier.1", classifier(options.classes()));
  }

  private static Value residual(Value x, int expansion, int maps, int stride) {
    int channels = x.shape().size(0);
    Value y = x.block("conv", v -> bottleneck(v, expansion * channels, maps, stride));
    return stride == 1 && channels == maps ? y.plus(x) : y;
  }

  private static Value bottleneck(Value x, int hidden, int maps, int stride) {
    int number = 0;
    Value y = x;
    if (hidden != x.shape().size(0)) {
      y = unit(y, String.valueOf(number++), ConvBatchNorm.conv(hidden, 1));
    }
    y = unit(y, String.valueOf(number++), ConvBatchNorm.depthwise(hidden).stride(stride));
    return ConvBatchNorm.convNorm(
        y, String.valueOf(number++), ConvBatchNorm.conv(maps, 1), String.valueOf(number));
  }

  private static Value unit(Value x, String name, Conv2d conv) {
    return ConvBatchNorm.convNorm(x, name + ".0", conv, name + ".1").then(name + ".2", relu6());
  }

  private static Layer classifier(int classes) {
    return dense(classes)
        .initializers(new Initializer.Normal(0, 0.01), new Initializer.Constant(0));
  }

  private static int rounded(double maps) {
    int nearest = Math.max(8, (int) (maps + 4) / 8 * 8);
    return nearest < 0.9 * maps ? nearest + 8 : nearest;
  }
}
