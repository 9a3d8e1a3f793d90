package dev.trifocal.testkit;

import dev.trifocal.data.Dataset;
import dev.trifocal.data.Sample;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.GraphBuilder;
import dev.trifocal.graph.Value;
import dev.trifocal.layer.Layer;
import dev.trifocal.random.RandomStream;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.util.Map;

/** A network with two inputs and two outputs, and samples to train it. */
final class TwoInputNetwork {
  private static final Shape LEFT = Shape.of(3);
  private static final Shape RIGHT = Shape.of(2);

  private TwoInputNetwork() {}

  /** Predicts which of the two inputs is larger, and the sum of the right one. */
  static Graph net() {
    GraphBuilder builder = new GraphBuilder("duo");
    Value left = builder.input("left", LEFT).then("fc_left", Layer.dense(4));
    Value right = builder.input("right", RIGHT);
    Value both = left.plus(right.then("fc_right", Layer.dense(4)));
    return builder
        .output("classes", both.then("fc_classes", Layer.dense(2)))
        .output("sizes", right.then("fc_sizes", Layer.dense(1)))
        .graph();
  }

  static Dataset data(int size) {
    return Dataset.of(size, TwoInputNetwork::sample);
  }

  private static Sample sample(int index) {
    RandomStream noise = RandomStream.of(4).at(index);
    float[] left = new float[3];
    float[] right = new float[2];
    float larger = 0;
    for (int i = 0; i < left.length; i++) {
      left[i] = (float) noise.gaussian(i) + (index % 2 == 0 ? 1 : -1);
      larger += left[i] / left.length;
    }
    float sum = 0;
    for (int i = 0; i < right.length; i++) {
      right[i] = (float) noise.gaussian(left.length + i);
      larger -= right[i] / right.length;
      sum += right[i];
    }
    return new Sample(
        Map.of("left", Tensor.of(LEFT, left), "right", Tensor.of(RIGHT, right)),
        Map.of(
            "classes", Tensor.of(Shape.of(), larger > 0 ? 1L : 0L),
            "sizes", Tensor.of(Shape.of(1), sum)));
  }
}
