package dev.trifocal.zoo;

import static dev.trifocal.layer.Layer.conv;
import static dev.trifocal.layer.Layer.dropout;
import static dev.trifocal.layer.Layer.maxPool;
import static dev.trifocal.layer.Layer.relu;

import dev.trifocal.graph.Value;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.layer.Conv2d;
import dev.trifocal.layer.Layer;
import dev.trifocal.layer.LayerSpec;
import dev.trifocal.shape.Shape;
import dev.trifocal.weights.Initializer;
import java.util.List;

/**
 * Fully convolutional networks based on VGG-16: its dense layers become convolutions, scores are
 * computed at 1/32, 1/16 and 1/8 of the image size and added, and transposed convolutions,
 * initialized to bilinear interpolation, upsample them to the image size. These are trained unless
 * frozen.
 *
 * <p>Borders differ from the paper, whose network pads the image by 100 pixels and crops scores at
 * fixed offsets, so that {@code fc6} needs no padding. Here convolutions preserve the size ({@code
 * fc6} pads 3), pools round up, and upsampled scores are centre-cropped to the size of the scores
 * they are added to, so that images of any size get a score for each pixel.
 *
 * <p>Convolutions of the base use torchvision's names for VGG-16, whose weights match; the other
 * layers use the names of the authors' Caffe networks. As in these, scores start at zero.
 */
final class Fcn {
  private static final List<List<Integer>> BASE =
      List.of(
          List.of(64, 64),
          List.of(128, 128),
          List.of(256, 256, 256),
          List.of(512, 512, 512),
          List.of(512, 512, 512));

  static final List<ZooModel> MODELS =
      List.of(model(32, 136_152_917), model(16, 134_815_994), model(8, 134_489_759));

  private Fcn() {}

  /**
   * Returns a model.
   *
   * @param stride the stride of the finest scores, in pixels
   */
  private static ZooModel model(int stride, long parameters) {
    return ZooModel.of(
            "fcn%ss".formatted(stride),
            new Paper(
                "Fully Convolutional Networks for Semantic Segmentation (Long, Shelhamer and"
                    + " Darrell)",
                "https://arxiv.org/abs/1411.4038",
                2014),
            Shape.of(3, 500, 500),
            21,
            Network.of((image, options) -> build(image, stride, options.classes())))
        .published(
            PublishedResults.NOTHING.parameters(parameters, "the layers of the authors' networks"))
        .preprocessing(Preprocessing.TORCHVISION.shorterSide(0));
  }

  private static Value build(Value image, int stride, int classes) {
    Value pool3 = base(image, 0, 3);
    Value pool4 = base(pool3, 3, 4);
    Value pool5 = base(pool4, 4, 5);
    Value x = hidden(hidden(pool5, "fc6", 7), "fc7", 1).then("score_fr", score(classes));
    if (stride < 32) {
      x = x.then("upscore2", upscore(2, pool4)).plus(pool4.then("score_pool4", score(classes)));
    }
    if (stride < 16) {
      x =
          x.then("upscore_pool4", upscore(2, pool3))
              .plus(pool3.then("score_pool3", score(classes)));
    }
    return x.then(stride < 32 ? "upscore" + stride : "upscore", upscore(stride, image));
  }

  /** Adds blocks {@code from} to {@code to} of VGG-16, numbered as in torchvision. */
  private static Value base(Value x, int from, int to) {
    Value y = x;
    int number = BASE.subList(0, from).stream().mapToInt(block -> 2 * block.size() + 1).sum();
    for (List<Integer> block : BASE.subList(from, to)) {
      for (int maps : block) {
        y = y.then("features." + number++, he(conv(maps, 3).padding(1)));
        y = y.then("features." + number++, relu());
      }
      y = y.then("features." + number++, maxPool(2).ceilMode());
    }
    return y;
  }

  private static Value hidden(Value x, String name, int kernel) {
    return x.then(name, he(conv(4096, kernel).padding(kernel / 2)))
        .then(relu())
        .then(name + "_dropout", dropout(0.5));
  }

  private static Conv2d he(Conv2d conv) {
    return conv.initializers(new Initializer.KaimingNormalFanOut(), new Initializer.Constant(0));
  }

  private static Conv2d score(int classes) {
    return conv(classes, 1).initializers(new Initializer.Constant(0), new Initializer.Constant(0));
  }

  /** Upsamples scores by a factor and crops them to the size of {@code like}. */
  private static LayerSpec upscore(int factor, Value like) {
    return LayerSpec.of(
        inputs -> {
          Shape small = inputs.get(0);
          int top = factor / 2;
          int bottom = (small.size(1) + 1) * factor - top - like.shape().size(1);
          int right = (small.size(2) + 1) * factor - top - like.shape().size(2);
          return Layer.convTranspose(small.size(0), 2 * factor)
              .stride(factor)
              .padding(top, top, bottom, right)
              .withoutBias()
              .initializers(new Initializer.Bilinear(), new Initializer.Constant(0));
        });
  }
}
