package dev.trifocal.testkit;

import static dev.trifocal.layer.Layer.batchNorm;
import static dev.trifocal.layer.Layer.conv;
import static dev.trifocal.layer.Layer.maxPool;
import static dev.trifocal.layer.Layer.relu;

import dev.trifocal.graph.Value;
import dev.trifocal.layer.Conv2d;
import dev.trifocal.shape.Shape;
import java.util.List;

/** Branches that split and merge, so that gradients of a value come from several consumers. */
final class BlockCases {
  private BlockCases() {}

  static List<LayerCase> all() {
    return List.of(
        LayerCase.of("residual_block", List.of(Shape.of(3, 6, 8)), in -> residual(in.get(0))),
        LayerCase.of("inception_block", List.of(Shape.of(2, 5, 6)), in -> inception(in.get(0))));
  }

  private static Value residual(Value x) {
    Value y = unit(x, "first", conv(4, 3).stride(2).padding(1)).then(relu());
    return unit(y, "second", conv(4, 3).padding(1))
        .plus(unit(x, "downsample", conv(4, 1).stride(2)))
        .then(relu());
  }

  private static Value unit(Value x, String name, Conv2d conv) {
    return x.block(name, v -> v.then("conv", conv.withoutBias()).then("norm", batchNorm()));
  }

  private static Value inception(Value x) {
    Value reduced = x.then("reduce", conv(3, 1)).then(relu());
    return x.then("one", conv(2, 1))
        .concat(
            reduced.then("three", conv(4, 3).padding(1)),
            x.then(maxPool(3).stride(1).padding(1)).then("pooled", conv(2, 1)),
            reduced);
  }
}
