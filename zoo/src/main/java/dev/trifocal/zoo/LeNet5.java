package dev.trifocal.zoo;

import static dev.trifocal.layer.Layer.avgPool;
import static dev.trifocal.layer.Layer.flatten;
import static dev.trifocal.layer.Layer.tanh;

import dev.trifocal.graph.Value;
import dev.trifocal.layer.Conv2d;
import dev.trifocal.layer.Dense;
import dev.trifocal.layer.Layer;
import dev.trifocal.shape.Shape;
import dev.trifocal.weights.Initializer;

/**
 * LeNet-5 as usually taught: 28x28 images are padded to the paper's 32x32, the second convolution
 * is fully connected to the first, pools are plain averages, and the output is a dense layer of
 * logits. It has 61,706 parameters; the paper's 60,000 result from a sparse second convolution,
 * pools with learned scale and bias, and fixed output codes. Weights are named {@code conv1, conv2,
 * fc1, fc2, fc3}.
 *
 * <p>Weights use Glorot initialization, which was derived for tanh; biases start at zero.
 */
final class LeNet5 {
  static final Paper PAPER =
      new Paper(
          "Gradient-Based Learning Applied to Document Recognition (LeCun et al.)",
          "https://doi.org/10.1109/5.726791",
          1998);

  static final ZooModel MODEL =
      ZooModel.of("lenet5", PAPER, Shape.of(1, 28, 28), 10, Network.of(LeNet5::build))
          .published(
              PublishedResults.NOTHING
                  .parameters(
                      61_706, "counted from the layers: 156 + 2,416 + 48,120 + 10,164 + 850")
                  .multiplyAdds("416520", "counted from the layers"))
          .ends("flatten", "fc3");

  private LeNet5() {}

  private static Value build(Value image, ModelOptions options) {
    return image
        .then("conv1", conv(6).padding(2))
        .then(tanh())
        .then(avgPool(2))
        .then("conv2", conv(16))
        .then(tanh())
        .then(avgPool(2))
        .then(flatten())
        .then("fc1", dense(120))
        .then(tanh())
        .then("fc2", dense(84))
        .then(tanh())
        .then("fc3", dense(options.classes()));
  }

  private static Conv2d conv(int maps) {
    return Layer.conv(maps, 5)
        .initializers(new Initializer.GlorotUniform(), new Initializer.Constant(0));
  }

  private static Dense dense(int units) {
    return Layer.dense(units)
        .initializers(new Initializer.GlorotUniform(), new Initializer.Constant(0));
  }
}
