package dev.trifocal.apps.diagram;

import static dev.trifocal.layer.Layer.conv;
import static dev.trifocal.layer.Layer.relu;

import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Value;
import dev.trifocal.shape.Shape;

/** A residual block with a convolution beside it, between an input and a pool. */
final class ResidualBlockGraph {
  static final Graph RESIDUAL =
      Graph.build(
          "a \"small\" <net>",
          Shape.of(3, 8, 9),
          image -> {
            Value stem = image.then("stem", conv(4, 1));
            return stem.block("layer1", ResidualBlockGraph::residual).plus(stem);
          });

  private ResidualBlockGraph() {}

  private static Value residual(Value input) {
    Value main = input.then("conv1", conv(4, 3).padding(1)).then("relu", relu());
    Value side = input.then("down", conv(4, 1));
    return main.then("conv2", conv(4, 3).padding(1)).plus(side);
  }
}
