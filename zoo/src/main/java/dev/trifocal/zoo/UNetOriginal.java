package dev.trifocal.zoo;

import static dev.trifocal.layer.Layer.dropout;
import static dev.trifocal.layer.Layer.maxPool;
import static dev.trifocal.layer.Layer.relu;
import static dev.trifocal.layer.Layer.slice;

import dev.trifocal.graph.Value;
import dev.trifocal.layer.Layer;
import dev.trifocal.shape.Shape;
import dev.trifocal.weights.Initializer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * U-Net as in the paper, see {@link UNet} for one that is easier to train: convolutions without
 * padding, so that 572x572 pixels give scores of 388x388, and skip connections with a centre crop.
 * Inputs need at least 188x188 pixels; the graph shows the size of the scores. Classes and input
 * channels can be chosen.
 *
 * <p>Details that the paper omits follow the authors' Caffe network: the names (with underscores
 * for hyphens), a ReLU after each up-convolution, and dropout of 0.5 at the two deepest levels.
 * Weights use He normal initialization by fan-in, as in the paper.
 */
final class UNetOriginal {
  private static final int LEVELS = 4;
  private static final int MAPS = 64;

  static final ZooModel MODEL =
      ZooModel.of(
              "unet-original",
              new Paper(
                  "U-Net: Convolutional Networks for Biomedical Image Segmentation (Ronneberger,"
                      + " Fischer and Brox)",
                  "https://arxiv.org/abs/1505.04597",
                  2015),
              Shape.of(1, 572, 572),
              2,
              Network.of(UNetOriginal::build))
          .published(
              PublishedResults.NOTHING.parameters(
                  31_030_658, "counted from the paper's figure 1, with biases"));

  private UNetOriginal() {}

  private static Value build(Value image, ModelOptions options) {
    Deque<Value> skips = new ArrayDeque<>();
    Value x = image;
    for (int level = 0; level < LEVELS; level++) {
      x = down(x, level);
      skips.push(x);
      x = x.then("pool_d%sc_%sa".formatted(level, level + 1), maxPool(2));
    }
    x = down(x, LEVELS);
    for (int level = LEVELS - 1; level >= 0; level--) {
      x = up(x, skips.pop(), level);
    }
    return x.then("conv_u0d_score", Layer.conv(options.classes(), 1).initializers(he(), zero()));
  }

  private static Value down(Value x, int level) {
    Value y = conv(x, "conv_d%sa_b".formatted(level), level);
    y = conv(y, "conv_d%sb_c".formatted(level), level);
    return level < LEVELS - 1 ? y : y.then("dropout_d%sc".formatted(level), dropout(0.5));
  }

  private static Value up(Value x, Value skip, int level) {
    String from = level == LEVELS - 1 ? "d%sc".formatted(LEVELS) : "u%sd".formatted(level + 1);
    Value larger =
        x.then(
                "upconv_%s_u%sa".formatted(from, level),
                Layer.convTranspose(maps(level), 2).stride(2).initializers(he(), zero()))
            .then(relu());
    Value y = larger.concat(middle(skip, larger.shape()));
    y = conv(y, "conv_u%sb_c".formatted(level), level);
    return conv(y, "conv_u%sc_d".formatted(level), level);
  }

  private static Value conv(Value x, String name, int level) {
    return x.then(name, Layer.conv(maps(level), 3).initializers(he(), zero())).then(relu());
  }

  /** Crops the centre of {@code x} to the height and width of {@code size}. */
  private static Value middle(Value x, Shape size) {
    Value y = x;
    for (int axis = 1; axis <= 2; axis++) {
      int length = size.size(axis);
      int start = (x.shape().size(axis) - length) / 2;
      y = y.then(slice(axis, start, start + length));
    }
    return y;
  }

  private static int maps(int level) {
    return MAPS << level;
  }

  private static Initializer he() {
    return new Initializer.KaimingNormal();
  }

  private static Initializer zero() {
    return new Initializer.Constant(0);
  }
}
