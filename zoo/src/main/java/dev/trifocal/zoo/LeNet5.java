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
 * LeNet-5 as it is taught: 28x28 images padded to the paper's 32x32, every map of the second
 * convolution reading all six maps of the first, plain average pools and a dense output of logits.
 * That makes 61,706 parameters; the paper's own 60,000 come from a sparse second convolution, pools
 * with learned scale and bias, and fixed output codes. Weights are {@code conv1, conv2, fc1, fc2,
 * fc3}.
 *
 * <p>First weights are Glorot's, which were derived for tanh, and biases start at zero.
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
