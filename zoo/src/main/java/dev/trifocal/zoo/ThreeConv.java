package dev.trifocal.zoo;

import dev.trifocal.graph.Value;
import dev.trifocal.layer.Layer;
import dev.trifocal.layer.LayerSpec;
import dev.trifocal.shape.Shape;
import java.util.Set;

/**
 * An exercise in counting parameters and memory: three 3x3 convolutions with stride 2 and "same"
 * padding, of 100, 200 and 400 channels, for colour images of 200x300. It has no activations and no
 * classes. Weights are named {@code conv1, conv2, conv3}.
 */
final class ThreeConv {
  private static final Paper PAPER =
      new Paper(
          "Hands-On Machine Learning with Scikit-Learn, Keras, and TensorFlow, 2nd edition, chapter"
              + " 14, exercise 2 (Géron)",
          "https://www.oreilly.com/library/view/hands-on-machine-learning/9781492032632/",
          2019);

  static final ZooModel MODEL =
      ZooModel.of(
              "three-conv",
              PAPER,
              Shape.of(3, 200, 300),
              0,
              Network.of((image, options) -> build(image)))
          .choices(Set.of(ZooModel.Choice.INPUT))
          .published(
              PublishedResults.NOTHING
                  .parameters(903_400, "the book, appendix A")
                  .multiplyAdds("1399500000", "counted from the layers"));

  private ThreeConv() {}

  private static Value build(Value image) {
    return image.then("conv1", conv(100)).then("conv2", conv(200)).then("conv3", conv(400));
  }

  private static LayerSpec conv(int maps) {
    return Layer.conv(maps, 3).stride(2).same();
  }
}
