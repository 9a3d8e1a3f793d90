package dev.trifocal.graph;

import static dev.trifocal.layer.Layer.batchNorm;
import static dev.trifocal.layer.Layer.conv;
import static dev.trifocal.layer.Layer.dense;
import static dev.trifocal.layer.Layer.flatten;
import static dev.trifocal.layer.Layer.globalAvgPool;
import static dev.trifocal.layer.Layer.relu;

import dev.trifocal.shape.Shape;

/** A small network with a fork, a join, statistics, and paths of which one begins another. */
final class ResidualNetwork {
  private ResidualNetwork() {}

  static Graph graph() {
    return Graph.build(
        "residual",
        Shape.of(3, 20, 31),
        v ->
            v.then("conv1", conv(4, 3).withoutBias())
                .block("layer1", ResidualNetwork::block)
                .block("layer10", ResidualNetwork::block)
                .then("avgpool", globalAvgPool())
                .then(flatten())
                .then("fc", dense(10)));
  }

  private static Value block(Value v) {
    return v.then("conv", conv(4, 3).padding(1)).then("bn", batchNorm()).plus(v).then(relu());
  }
}
